import { replaceHidden } from '@sandpod/core/text';

/** Returns the name for saving a file. It has no folders and no hidden characters, because guests choose file names. */
export function savedName(path: string): string {
  return replaceHidden(path.slice(path.lastIndexOf('/') + 1), () => '_');
}
