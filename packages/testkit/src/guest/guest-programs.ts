import type { LeftoverKind } from './leftover-kinds.ts';

/** One piece of output, written and flushed at once. */
export interface GuestPiece {
  readonly stream?: 'stdout' | 'stderr';
  readonly bytes: Uint8Array;
}

/** How a sandbox starts the sample programs of one language. */
export interface GuestInterpreter {
  /** The language's id in an executor. */
  readonly language: string;
  /** The program that must be in the sandbox. */
  readonly program: string;
  /** Runs a source text with arguments, without a shell in between. */
  argv(source: string, args?: readonly string[]): readonly [string, ...string[]];
}

/**
 * The programs that the suites run inside, as source texts of one language.
 *
 * The testkit brings them in Python and in POSIX shell; whoever has neither writes them in a language of their own.
 * Every program writes its output unbuffered where others wait for it, and ends its lines with `\n` alone.
 */
export interface GuestPrograms extends GuestInterpreter {
  /** Writes these texts, exactly, and exits. */
  print(options: { readonly stdout?: string; readonly stderr?: string; readonly exitCode?: number }): string;
  /** Writes each piece and waits `pauseMs` after it. */
  printPieces(options: { readonly pieces: readonly GuestPiece[]; readonly pauseMs: number }): string;
  /** Writes every argument, each followed by NUL. */
  printArguments(): string;
  /** Writes the values of these variables, each followed by NUL; nothing for one that is not set. */
  printVariables(names: readonly string[]): string;
  /** Writes the whole environment in any form. */
  printEnvironment(): string;
  printWorkingDirectory(): string;
  /** Writes `line 1` to `line <count>`. */
  numberedLines(count: number): string;
  /** Writes `x` that many times, no line end. */
  longLine(bytes: number): string;
  /** Writes to both streams for ever. */
  flood(): string;
  /** Copies standard input to standard output. */
  copyInput(): string;
  /** Writes `<bytes> <SHA-256 in hex>` of standard input. */
  digestInput(): string;
  /** Writes `<bytes> <SHA-256 in hex>` of the file that the first argument names. */
  digestFile(): string;
  /** Writes `started`, then burns processor time for ever. */
  spin(): string;
  /** Writes `started`, sleeps, writes `done` to standard output, and to the file `path` when it is given. */
  sleep(options: { readonly ms: number; readonly path?: string }): string;
  /** Writes `started`, then appends to a file every 50 ms for ever. */
  heartbeat(options: { readonly path: string }): string;
  /** Starts a child that does what `heartbeat` does, in a session of its own when `detached`; then writes `started` and waits for ever. */
  heartbeatInChild(options: { readonly path: string; readonly detached: boolean }): string;
  /** Starts a process that outlives this program and appends to a file every 50 ms, and ends once the file is there; `stopped` waits for CONT. */
  leftover(options: { readonly kind: LeftoverKind; readonly path: string }): string;
  /** Writes `started`, then `got <NAME>` at each of these signals, for ever. */
  handleSignals(options: { readonly names: readonly string[] }): string;
  /** Starts a child; both handle the signal and then write `parent got <NAME>` or `child got <NAME>`. Writes `started` when both do. */
  handleSignalInChild(options: { readonly name: string }): string;
  /** Ignores TERM, writes `started`, then burns time for ever. */
  ignoreTerm(): string;
  /** Writes `started` and waits; on TERM writes `bye` and exits with 0. */
  handleTerm(): string;
  /** Fills this much memory, then writes `allocated`. */
  allocate(options: { readonly bytes: number }): string;
  /** Lets a child fill this much memory, waits for it, writes `parent done` and exits with 0. */
  allocateInChild(options: { readonly bytes: number }): string;
  /** Starts up to this many sleeping children; writes `started <count>` at the end or at the first refusal. */
  startChildren(options: { readonly count: number }): string;
  /** Writes up to this many bytes into a file; at the end writes `wrote <bytes>`, or `refused` at the first error. */
  fillFile(options: { readonly path: string; readonly bytes: number }): string;
  /** Writes `connected` or `refused`. */
  connect(options: { readonly host: string; readonly port: number }): string;
  /** Writes `resolved` or `refused`. */
  resolveName(options: { readonly host: string }): string;
  /** Writes `present` and the file's content, or `missing`, also when it may not be read. */
  showFile(options: { readonly path: string }): string;
  /** Writes a text file, parents not made; exits with nonzero when that fails. */
  saveFile(options: { readonly path: string; readonly text: string }): string;
  /** Makes a symbolic link; exits with nonzero when that fails. */
  makeLink(options: { readonly path: string; readonly target: string }): string;
  /** Tries to write this text to the descriptors 3 to 63, then exits. */
  writeToDescriptors(options: { readonly text: string; readonly exitCode: number }): string;
}
