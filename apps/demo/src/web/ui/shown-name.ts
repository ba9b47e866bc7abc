import { revealHidden } from '../../reveal-hidden.ts';

/** A file's name as one line without tricks: guests choose names, and hidden characters could make one look like another. */
export function shownName(path: string): string {
  return revealHidden(path).replaceAll('\t', '\\u{9}').replaceAll('\n', '\\u{a}');
}
