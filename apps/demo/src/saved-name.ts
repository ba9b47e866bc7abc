/** The name under which a file is saved: without its folders and without hidden characters. Guests choose names. */
export function savedName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '_');
}
