const COMMENTS: readonly RegExp[] = [
  /^#\s*filename:(.*)$/,
  /^\/\/\s*filename:(.*)$/,
  /^\/\*\s*filename:(.*?)\*\/\s*$/,
  /^<!--\s*filename:(.*?)-->\s*$/,
];

/**
 * Returns the file name in a `filename:` comment on the first line of a block, or undefined if there is no such comment.
 *
 * All comment styles are accepted in every language. The name is not validated.
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
