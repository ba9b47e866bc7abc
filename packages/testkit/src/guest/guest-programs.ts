import type { LeftoverKind } from './leftover-kinds.ts';

/** A piece of output. The program flushes each piece immediately after writing it. */
export interface GuestPiece {
  readonly stream?: 'stdout' | 'stderr';
  readonly bytes: Uint8Array;
}

/** Describes how a sandbox starts the sample programs in one language. */
export interface GuestInterpreter {
  /** The id that executors use for the language. */
  readonly language: string;
  /** Name of the program that the sandbox must have. */
  readonly program: string;
  /** Returns the arguments that run a source text without a shell. */
  argv(source: string, args?: readonly string[]): readonly [string, ...string[]];
}

/**
 * The sample programs that the suites run in a sandbox, as source texts in one language.
 *
 * Each method returns a program, and the method's description describes the program. The testkit contains these programs in Python and in
 * POSIX shell. For sandboxes that have neither of these languages, write the programs in another language. If a test waits for output, the
 * program must write the output unbuffered. Lines must end with `\n`.
 */
export interface GuestPrograms extends GuestInterpreter {
  /** Writes exactly these texts and exits. */
  print(options: { readonly stdout?: string; readonly stderr?: string; readonly exitCode?: number }): string;
  /** Writes the pieces, and waits `pauseMs` after each piece. */
  printPieces(options: { readonly pieces: readonly GuestPiece[]; readonly pauseMs: number }): string;
  /** Writes the pieces. After the piece with index `i`, waits until the file `<turn>-<i>` exists. */
  printInTurn(options: { readonly pieces: readonly GuestPiece[]; readonly turn: string }): string;
  /** Writes every argument, each followed by NUL. */
  printArguments(): string;
  /** Writes the values of these variables, each followed by NUL. An unset variable has an empty value. */
  printVariables(names: readonly string[]): string;
  /** Writes all environment variables, in any format. */
  printEnvironment(): string;
  printWorkingDirectory(): string;
  /** Writes `line 1` to `line <count>`. */
  numberedLines(count: number): string;
  /** Writes the given number of `x`, without a line break. */
  longLine(bytes: number): string;
  /** Writes to both streams forever. */
  flood(): string;
  /** Copies standard input to standard output. */
  copyInput(): string;
  /** Reads standard input, then writes its digest as `<bytes> <SHA-256 in hex>`. */
  digestInput(): string;
  /** Reads the file whose path is the first argument, then writes its digest as `<bytes> <SHA-256 in hex>`. */
  digestFile(): string;
  /** Writes `started`, then uses the CPU forever. */
  spin(): string;
  /** Writes `started`, sleeps, then writes `done` to standard output. If `path` is set, also writes `done` to that file. */
  sleep(options: { readonly ms: number; readonly path?: string }): string;
  /** Writes `started`, then appends to a file every 50 ms forever. */
  heartbeat(options: { readonly path: string }): string;
  /**
   * Starts a child that appends to a file every 50 ms. If `detached` is true, the child has a separate session. Writes `started` and waits.
   */
  heartbeatInChild(options: { readonly path: string; readonly detached: boolean }): string;
  /**
   * Starts a process that outlives this program and appends to a file repeatedly. The program exits when the file exists. A process of the
   * kind `stopped` pauses until it receives CONT.
   */
  leftover(options: { readonly kind: LeftoverKind; readonly path: string }): string;
  /** Writes `started`. Then runs forever and writes `got <NAME>` each time it receives one of these signals. */
  handleSignals(options: { readonly names: readonly string[] }): string;
  /**
   * Starts a child and writes `started` when both processes are ready. If the signal arrives, the parent writes `parent got <NAME>` and the
   * child writes `child got <NAME>`.
   */
  handleSignalInChild(options: { readonly name: string }): string;
  /** Ignores TERM, writes `started`, then uses the CPU forever. */
  ignoreTerm(): string;
  /** Writes `started` and waits. After TERM, writes `bye` and exits with 0. */
  handleTerm(): string;
  /** Allocates the given amount of memory, then writes `allocated`. */
  allocate(options: { readonly bytes: number }): string;
  /** Starts a child that allocates the given amount of memory. Waits for the child, then writes `parent done` and exits with 0. */
  allocateInChild(options: { readonly bytes: number }): string;
  /** Starts up to the given number of sleeping children. Writes `started <count>` at the end or after the first failure. */
  startChildren(options: { readonly count: number }): string;
  /** Writes the given number of bytes to a file, then prints `wrote <bytes>`. Stops at the first error and prints `refused` instead. */
  fillFile(options: { readonly path: string; readonly bytes: number }): string;
  /** Tries to connect, then writes `connected` or `refused`. */
  connect(options: { readonly host: string; readonly port: number }): string;
  /** Tries to resolve the name, then writes `resolved` or `refused`. */
  resolveName(options: { readonly host: string }): string;
  /** Writes `present` and the file's content. If the file is missing or cannot be read, writes `missing`. */
  showFile(options: { readonly path: string }): string;
  /** Writes a text file without creating parent directories. Exits with a nonzero code if that fails. */
  saveFile(options: { readonly path: string; readonly text: string }): string;
  /** Creates a symbolic link. Exits with a nonzero code if that fails. */
  makeLink(options: { readonly path: string; readonly target: string }): string;
  /** Tries to write this text to the file descriptors 3 to 63, then exits. */
  writeToDescriptors(options: { readonly text: string; readonly exitCode: number }): string;
}
