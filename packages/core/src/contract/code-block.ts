/** A piece of code in one language, as a model wrote it. */
export interface CodeBlock {
  readonly code: string;
  /** Id or alias of a language, for example `python`, `py` or `bash`. Case is ignored. */
  readonly language: string;
  /**
   * Path of the code file, relative to the workspace. Default: the name in a `# filename:` comment on the first line, or
   * `tmp_code_<hash>.<extension>` if there is no such comment.
   */
  readonly filename?: string | undefined;
}
