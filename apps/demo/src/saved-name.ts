import { replaceHidden } from '@sandpod/core/text';

/** The name for saving a file, without folders and hidden characters, because guests choose file names. */
export function savedName(path: string): string {
  return replaceHidden(path.slice(path.lastIndexOf('/') + 1), () => '_');
}
