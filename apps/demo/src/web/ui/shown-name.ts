import { revealLine } from '@sandpod/core/text';

/** A file's name as one line without hidden characters, because guests choose names, and a name could look like another name. */
export function shownName(path: string): string {
  return revealLine(path);
}
