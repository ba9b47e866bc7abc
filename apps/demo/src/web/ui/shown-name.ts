import { revealLine } from '@sandpod/core/text';

/** A file's name as one line without tricks: guests choose names, and hidden characters could make one look like another. */
export function shownName(path: string): string {
  return revealLine(path);
}
