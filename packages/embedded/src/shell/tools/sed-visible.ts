/** Formats text in the same way as the sed command `l`. */
export function visible(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '\\': '\\\\',
    '\t': '\\t',
    '\n': '\\n',
    '\r': '\\r',
    '\f': '\\f',
    '\v': '\\v',
    '\b': '\\b',
    '\x07': '\\a',
  };
  return [...text].map((character) => names[character] ?? character).join('');
}
