/** Code as it is run. */
export interface PreparedCode {
  readonly code: string;
  /** Without the dot. */
  readonly extension: string;
}

/** How code in one language is saved and run. */
export interface Language {
  /** Lower case. */
  readonly id: string;
  readonly aliases: readonly string[];
  /** Without the dot. */
  readonly extension: string;
  /** Programs with their first arguments, the best first; the code file is appended. Empty: the language can only be saved. */
  readonly interpreters: readonly (readonly [string, ...string[]])[];
  readonly defaultPolicy: 'run' | 'save';
  readonly env?: Readonly<Record<string, string>>;
  /** What becomes of code to be run where no interpreter is found. Default `refuse`. */
  readonly withoutInterpreter?: 'refuse' | 'save';
  /**
   * Changes code that is to be run, on this side; what it throws refuses the block. The extension is that of a file
   * that nobody named. The signal aborts when the call has ended.
   */
  readonly prepare?: (code: string, abortSignal: AbortSignal) => string | PreparedCode | Promise<string | PreparedCode>;
}
