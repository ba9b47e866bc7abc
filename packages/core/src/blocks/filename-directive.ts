const COMMENTS: readonly RegExp[] = [
  /^#\s*filename:(.*)$/,
  /^\/\/\s*filename:(.*)$/,
  /^\/\*\s*filename:(.*?)\*\/\s*$/,
  /^<!--\s*filename:(.*?)-->\s*$/,
];

/**
 * The name that a comment with the word `filename:` on the very first line gives to a block; undefined when there is none.
 *
 * Any comment form counts in any language. The name is not checked here.
 */
export function findFilenameDirective(code: string, _language?: { readonly id: string }): string | undefined {
  const end = code.indexOf('\n');
  const line = (end === -1 ? code : code.slice(0, end)).replace(/\r$/, '');
  for (const comment of COMMENTS) {
    const name = comment.exec(line)?.[1]?.trim();
    if (name) return name;
  }
  return undefined;
}
