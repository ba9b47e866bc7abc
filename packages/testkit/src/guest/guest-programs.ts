import type { LeftoverKind } from './leftover-kinds.ts';

/** A piece of output that is written and flushed at once. */
export interface GuestPiece {
  readonly stream?: 'stdout' | 'stderr';
  readonly bytes: Uint8Array;
}

/** How a sandbox starts the sample programs of one language. */
export interface GuestInterpreter {
  /** The language's id in an executor. */
  readonly language: string;
  /** The program that the sandbox must have. */
  readonly program: string;
  /** Returns the arguments that run a source text without a shell. */
  argv(source: string, args?: readonly string[]): readonly [string, ...string[]];
}

/**
 * The sample programs that the suites run in a sandbox, as source texts in one language.
 *
 * The testkit contains these programs in Python and in POSIX shell. For other sandboxes, write them in another language.
 * If a test waits for output, the program must write it unbuffered. Lines must end with `\n`.
 */
export interface GuestPrograms extends GuestInterpreter {
  /** Writes exactly these texts and exits. */
  print(options: { readonly stdout?: string; readonly stderr?: string; readonly exitCode?: number }): string;
  /** Writes each piece and waits `pauseMs` after it. */
  printPieces(options: { readonly pieces: readonly GuestPiece[]; readonly pauseMs: number }): string;
  /** Writes every argument, each followed by NUL. */
  printArguments(): string;
  /** Writes the values of these variables, each followed by NUL. An unset variable has an empty value. */
  printVariables(names: readonly string[]): string;
  /** Writes the whole environment in any form. */
  printEnvironment(): string;
  printWorkingDirectory(): string;
  /** Writes `line 1` to `line <count>`. */
  numberedLines(count: number): string;
  /** Writes `x` this many times, without a line break. */
  longLine(bytes: number): string;
  /** Writes to both streams forever. */
  flood(): string;
  /** Copies standard input to standard output. */
  copyInput(): string;
  /** Writes `<bytes> <SHA-256 in hex>` of standard input. */
  digestInput(): string;
  /** Writes `<bytes> <SHA-256 in hex>` of the file whose path is the first argument. */
  digestFile(): string;
  /** Writes `started`, then uses the CPU forever. */
  spin(): string;
  /** Writes `started`, sleeps, writes `done` to standard output and, if `path` is given, to that file. */
  sleep(options: { readonly ms: number; readonly path?: string }): string;
  /** Writes `started`, then appends to a file every 50 ms forever. */
  heartbeat(options: { readonly path: string }): string;
  /** Starts a child that does the same as `heartbeat`, in a separate session if `detached`. Writes `started` and waits forever. */
  heartbeatInChild(options: { readonly path: string; readonly detached: boolean }): string;
  /** Starts a process that outlives this program and appends to a file every 50 ms. Exits when the file exists. `stopped` waits for CONT. */
  leftover(options: { readonly kind: LeftoverKind; readonly path: string }): string;
  /** Writes `started`, then `got <NAME>` for each of these signals, forever. */
  handleSignals(options: { readonly names: readonly string[] }): string;
  /** Starts a child. Both handle the signal and write `parent got <NAME>` or `child got <NAME>`. Writes `started` when both are ready. */
  handleSignalInChild(options: { readonly name: string }): string;
  /** Ignores TERM, writes `started`, then uses the CPU forever. */
  ignoreTerm(): string;
  /** Writes `started` and waits. After TERM, writes `bye` and exits with 0. */
  handleTerm(): string;
  /** Allocates this much memory, then writes `allocated`. */
  allocate(options: { readonly bytes: number }): string;
  /** Starts a child that allocates this much memory, waits for it, writes `parent done` and exits with 0. */
  allocateInChild(options: { readonly bytes: number }): string;
  /** Starts up to this many sleeping children. Writes `started <count>` at the end or after the first failure. */
  startChildren(options: { readonly count: number }): string;
  /** Writes up to this many bytes to a file. Then writes `wrote <bytes>`, or after the first error `refused`. */
  fillFile(options: { readonly path: string; readonly bytes: number }): string;
  /** Writes `connected` or `refused`. */
  connect(options: { readonly host: string; readonly port: number }): string;
  /** Writes `resolved` or `refused`. */
  resolveName(options: { readonly host: string }): string;
  /** Writes `present` and the file's content, or `missing`, also if the file cannot be read. */
  showFile(options: { readonly path: string }): string;
  /** Writes a text file without creating parent directories. Exits with a nonzero code if that fails. */
  saveFile(options: { readonly path: string; readonly text: string }): string;
  /** Creates a symbolic link. Exits with a nonzero code if that fails. */
  makeLink(options: { readonly path: string; readonly target: string }): string;
  /** Tries to write this text to the descriptors 3 to 63, then exits. */
  writeToDescriptors(options: { readonly text: string; readonly exitCode: number }): string;
}
