import type { DirectoryEntry } from '../contract/files.ts';
import { malformedAnswer } from '../errors/malformed-answer.ts';
import { SandpodError } from '../errors/sandpod-error.ts';

/** The maximum number of entries in a directory. A larger directory cannot be listed. */
export const MAX_DIRECTORY_ENTRIES = 100_000;
/** A name has at most 255 bytes on Linux. The remaining bytes are for the other fields of a record. */
const MAX_RECORD_BYTES = 512;
const EXPECTED = 'a directory entry';

export interface DirectoryListingOptions {
  readonly path: string;
  /** Decodes one record without its final NUL. Returns undefined if the record is malformed. The name is checked afterwards. */
  readonly parse: (record: string) => DirectoryEntry | undefined;
}

/**
 * Decodes the records of a directory as they arrive. Each record ends with NUL.
 *
 * The guest chooses the names and may control the program that sends them, so every count and size is checked before data is stored.
 */
export class DirectoryListing {
  readonly #options: DirectoryListingOptions;
  readonly #entries: DirectoryEntry[] = [];
  #held: Uint8Array = new Uint8Array(0);

  constructor(options: DirectoryListingOptions) {
    this.#options = options;
  }

  /**
   * Adds output from the program. @throws {SandpodError} `file-too-large` if there are too many entries, `transport` if an entry is
   * malformed.
   */
  push(chunk: Uint8Array): void {
    let rest = Buffer.concat([this.#held, chunk]);
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      this.#add(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
    }
    if (rest.length > MAX_RECORD_BYTES) throw malformedAnswer(EXPECTED, rest.toString('latin1', 0, MAX_RECORD_BYTES));
    this.#held = Buffer.from(rest);
  }

  /** Returns all entries. @throws {SandpodError} `transport` if the last record is incomplete. */
  end(): DirectoryEntry[] {
    if (this.#held.byteLength > 0) throw malformedAnswer('the end of a directory entry', 'the end of the listing');
    return this.#entries;
  }

  #add(record: Buffer): void {
    if (record.length > MAX_RECORD_BYTES) throw malformedAnswer(EXPECTED, record.toString('latin1', 0, MAX_RECORD_BYTES));
    if (this.#entries.length >= MAX_DIRECTORY_ENTRIES) throw tooManyEntries(this.#options.path);
    const text = record.toString('utf8');
    const entry = this.#options.parse(text);
    if (entry === undefined || !isName(entry.name)) throw malformedAnswer(EXPECTED, text);
    this.#entries.push(entry);
  }
}

function isName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !name.includes('/');
}

function tooManyEntries(path: string): SandpodError {
  return new SandpodError({
    code: 'file-too-large',
    message: `The directory ${JSON.stringify(path)} has more than ${MAX_DIRECTORY_ENTRIES} entries, which is the limit for a listing.`,
    advice: 'List it with a program in the sandbox, or delete entries.',
    details: { path, maxEntries: MAX_DIRECTORY_ENTRIES },
  });
}
