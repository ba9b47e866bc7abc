const COMMENTS: readonly RegExp[] = [
  /^#\s*filename:(.*)$/,
  /^\/\/\s*filename:(.*)$/,
  /^\/\*\s*filename:(.*?)\*\/\s*$/,
  /^<!--\s*filename:(.*?)-->\s*$/,
];
/** The text that may precede the comment: a byte order mark, empty lines and a line such as `#!/bin/sh`. */
const PREAMBLE = /^\uFEFF?(?:[ \t\r]*\n)*(?:#![^\n]*\n)?(?:[ \t\r]*\n)*/;

/**
 * Returns the file name in a `filename:` comment on the first line of a block, or undefined if there is no such comment.
 *
 * Empty lines and a line such as `#!/bin/sh` may come before it. All comment styles are accepted in every language.
 * Backticks or quotes around the name are removed. The name is not validated.
 */
export function findFilenameDirective(code: string, _language?: { readonly id: string }): string | undefined {
  const start = PREAMBLE.exec(code)?.[0].length ?? 0;
  const end = code.indexOf('\n', start);
  const line = code.slice(start, end === -1 ? undefined : end).replace(/\r$/, '');
  for (const comment of COMMENTS) {
    const name = withoutQuotes(comment.exec(line)?.[1]?.trim() ?? '');
    if (name !== '') return name;
  }
  return undefined;
}

function withoutQuotes(name: string): string {
  const [quotes = ''] = /^(?:`+|["'])/.exec(name) ?? [];
  const length = Math.min(quotes.length, Math.floor(name.length / 2));
  return length > 0 && name.endsWith(quotes.slice(0, length)) ? name.slice(length, -length).trim() : name;
}
