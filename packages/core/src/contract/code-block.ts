/** A piece of code in one language, as a model wrote it. */
export interface CodeBlock {
  readonly code: string;
  /** Id or alias of a language, for example `python`, `py` or `bash`. Case is ignored. */
  readonly language: string;
  /** Path of the code file, relative to the workspace. Default: from a `# filename:` first line, or `tmp_code_<hash>.<extension>`. */
  readonly filename?: string | undefined;
}
