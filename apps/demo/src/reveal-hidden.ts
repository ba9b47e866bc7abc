/** Control characters but tab and line feed, direction marks, zero-width characters and tags: what hides or reorders code. */
const HIDDEN = /(?![\t\n])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Code as a person can judge it: what would be invisible, or move other characters about, is shown as an escape. */
export function revealHidden(code: string): string {
  return code.replaceAll('\r\n', '\n').replace(HIDDEN, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
