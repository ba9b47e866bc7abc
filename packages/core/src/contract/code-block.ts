/** One piece of code, in one language, as a model wrote it. */
export interface CodeBlock {
  readonly code: string;
  /** A language's id or alias in any case, for example `python`, `py` or `bash`. */
  readonly language: string;
  /** Where to save the code, relative to the workspace. Default: a `# filename:` first line, else `tmp_code_<hash>.<extension>`. */
  readonly filename?: string | undefined;
}
