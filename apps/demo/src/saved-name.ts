import { replaceHidden } from '@sandpod/core/text';

/** The name under which a file is saved: without its folders and without hidden characters. Guests choose names. */
export function savedName(path: string): string {
  return replaceHidden(path.slice(path.lastIndexOf('/') + 1), () => '_');
}
