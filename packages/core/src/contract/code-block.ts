/** A piece of code in one language, as a model wrote it. */
export interface CodeBlock {
  readonly code: string;
  /** Id or alias of a language, for example `python`, `py` or `bash`. Upper and lower case are the same. */
  readonly language: string;
  /** Where to save the code, relative to the workspace. Default: a `# filename:` first line, else `tmp_code_<hash>.<extension>`. */
  readonly filename?: string | undefined;
}
