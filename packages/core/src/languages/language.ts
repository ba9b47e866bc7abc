/** Code that is ready to run. */
export interface PreparedCode {
  readonly code: string;
  /** File extension without the dot. */
  readonly extension: string;
}

/** Defines how code in a language is saved and run. */
export interface Language {
  /** The id of the language, in lower case. */
  readonly id: string;
  readonly aliases: readonly string[];
  /** File extension without the dot. */
  readonly extension: string;
  /** Programs with their first arguments, in order of preference. The code file is appended. If empty, code can only be saved. */
  readonly interpreters: readonly (readonly [string, ...string[]])[];
  readonly defaultPolicy: 'run' | 'save';
  readonly env?: Readonly<Record<string, string>>;
  /** The action if the policy is to run the code but the sandbox has no interpreter for it. Default: `refuse`. */
  readonly withoutInterpreter?: 'refuse' | 'save';
  /**
   * Transforms code before it runs. It is called in this process, outside the sandbox. If it throws, the block is
   * refused. The extension is used only if the block does not specify a file name. The signal aborts when the call
   * ends.
   */
  readonly prepare?: (code: string, abortSignal: AbortSignal) => string | PreparedCode | Promise<string | PreparedCode>;
}
