import { revealLine } from '@sandpod/core/text';
import { cutText } from './cut-text.ts';

/** The maximum length of a path on Linux, in bytes. */
const MAX_CHARACTERS = 4_096;

/** Returns a path as one line in which escapes replace invisible characters, because a guest or a model chose the path. */
export function shownPath(path: string): string {
  return revealLine(cutText(path, MAX_CHARACTERS));
}
