import { revealLine } from '@sandpod/core/text';

/** Returns a file's name as one line without hidden characters, because guests choose the names and could imitate other names. */
export function shownName(path: string): string {
  return revealLine(path);
}
