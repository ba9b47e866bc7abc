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
  /** Changes the code before it is saved, on this side. */
  readonly prepare?: (code: string) => string;
}
