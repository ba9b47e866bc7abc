import { createHash } from 'node:crypto';

/** Number of hash digits in a name. If other code already has the name, 8 more digits are added until the name is unused. */
const DIGITS = 8;
/** Maximum number of names that are remembered. An older name can be reused for other code if the hashes start with the same digits. */
const MAX_NAMES = 10_000;

/** Chooses the names of code files in one sandbox, for blocks that do not specify a file name. */
export class CodeFileNames {
  /** Maps the digits in a name to the whole hash. */
  readonly #hashes = new Map<string, string>();

  /** Returns the file name for this code. The same code always gets the same name, and different code gets a different name. */
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
 * Checks whether a path relative to the workspace has the form of a generated code file name. File lists for models and
 * people do not include such files.
 */
export function isTmpCodeFile(path: string): boolean {
  return /^tmp_code_(?:[0-9a-f]{8}){1,8}\.[^/]+$/.test(path);
}
