import { createHash } from 'node:crypto';

/** Digits of the hash in a name. A name gets as many more, as often as needed, if other code has the shorter name. */
const DIGITS = 8;
/** The number of names that are remembered. An older name can be given to other code, if their hashes begin alike. */
const MAX_NAMES = 10_000;

/** Chooses the file names of blocks that do not specify one, for one sandbox. */
export class CodeFileNames {
  /** The digits in a name → the whole hash. */
  readonly #hashes = new Map<string, string>();

  /** Returns the name for this code. The same code gets the same name, and other code gets another name. */
  nameOf(code: string, extension: string): string {
    const hash = createHash('sha256').update(code).digest('hex');
    let length = DIGITS;
    while ((this.#hashes.get(hash.slice(0, length)) ?? hash) !== hash) length += DIGITS;
    const digits = hash.slice(0, length);
    this.#remember(digits, hash);
    return `tmp_code_${digits}.${extension}`;
  }

  #remember(digits: string, hash: string): void {
    this.#hashes.delete(digits);
    this.#hashes.set(digits, hash);
    const [oldest] = this.#hashes.keys();
    if (this.#hashes.size > MAX_NAMES && oldest !== undefined) this.#hashes.delete(oldest);
  }
}

/**
 * Checks whether a path, relative to the workspace, has the form of the names that sandpod chooses for code without a
 * name. Listings for models and people leave such files out.
 */
export function isTmpCodeFile(path: string): boolean {
  return /^tmp_code_(?:[0-9a-f]{8}){1,8}\.[^/]+$/.test(path);
}
