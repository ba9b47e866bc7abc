import { revealHidden } from '../../reveal-hidden.ts';

/** A file's name as one line without tricks: guests choose names, and hidden characters could make one look like another. */
export function shownName(path: string): string {
  return revealHidden(path).replaceAll('\t', '\\u{9}').replaceAll('\n', '\\u{a}');
}

/** The name under which a file is saved: without its folders and without hidden characters. */
export function savedName(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '_');
}
