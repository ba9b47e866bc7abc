import { GuestFileError } from '../guest/guest-file-error.ts';
import { FILE_OPERATIONS, type FileOperation, type FileReply, REQUEST_BYTES } from './file-request.ts';
import type { MemoryFileSystem } from './memory-file-system.ts';

/** The maximum number of open handles per process. */
const MAXIMUM_HANDLES = 1024;

type Check = 'string' | 'number' | 'position' | 'bytes' | 'options' | 'handle' | 'length';

const PARAMETERS: Readonly<Record<FileOperation, readonly Check[]>> = {
  stat: ['string', 'options'],
  open: ['string', 'options'],
  close: ['handle'],
  statHandle: ['handle'],
  read: ['handle', 'number', 'length'],
  write: ['handle', 'position', 'bytes'],
  truncate: ['handle', 'number'],
  readDirectory: ['string'],
  makeDirectory: ['string', 'options'],
  removeDirectory: ['string'],
  unlink: ['string'],
  rename: ['string', 'string'],
  symlink: ['string', 'string'],
  link: ['string', 'string'],
  readLink: ['string'],
  realPath: ['string'],
  changeMode: ['string', 'number'],
  setTimes: ['string', 'options'],
  space: [],
};

/**
 * Handles the file requests from one process. The process may be hostile, so every request is checked, and the process can use only the
 * handles that it opened.
 */
export class FileService {
  readonly #files: MemoryFileSystem;
  readonly #handles = new Set<number>();

  constructor(files: MemoryFileSystem) {
    this.#files = files;
  }

  answer(request: unknown): FileReply {
    try {
      const { operation, parameters } = this.#check(request);
      if (operation === 'open' && this.#handles.size >= MAXIMUM_HANDLES) throw new GuestFileError('EMFILE', String(parameters[0]));
      const call = this.#files[operation] as (...values: readonly unknown[]) => unknown;
      const value = call.apply(this.#files, parameters as unknown[]);
      if (operation === 'open') this.#handles.add(value as number);
      if (operation === 'close') this.#handles.delete(parameters[0] as number);
      return { value };
    } catch (error) {
      return error instanceof GuestFileError ? { errno: error.code, path: error.path } : { errno: 'EINVAL', path: '' };
    }
  }

  /** Closes the handles that the process left open. */
  end(): void {
    for (const handle of this.#handles) this.#files.close(handle);
    this.#handles.clear();
  }

  #check(request: unknown): { operation: FileOperation; parameters: readonly unknown[] } {
    const { operation, parameters } = Object(request) as { operation?: unknown; parameters?: unknown };
    const known = FILE_OPERATIONS.find((name) => name === operation);
    if (!known || !Array.isArray(parameters)) throw new GuestFileError('EINVAL', '');
    return { operation: known, parameters: PARAMETERS[known].map((check, index) => this.#checked(check, parameters[index])) };
  }

  #checked(check: Check, value: unknown): unknown {
    if (check === 'handle' && !this.#handles.has(value as number)) throw new GuestFileError('EBADF', 'handle');
    if (check === 'options') return cleanOptions(value);
    if (!isValid(check, value)) throw new GuestFileError('EINVAL', '');
    return value;
  }
}

function isValid(check: Exclude<Check, 'options'>, value: unknown): boolean {
  if (check === 'bytes')
    return value instanceof Uint8Array && value.length <= REQUEST_BYTES && !(value.buffer instanceof SharedArrayBuffer);
  if (check === 'position' && value === 'end') return true;
  if (check === 'length' && Number(value) > REQUEST_BYTES) return false;
  return check === 'string' ? typeof value === 'string' : typeof value === 'number' && Number.isFinite(value);
}

/** Copies only booleans and finite numbers. */
function cleanOptions(value: unknown): Record<string, boolean | number> {
  const entries = Object.entries(Object(value)).slice(0, 20);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, boolean | number] => typeof entry[1] === 'boolean' || Number.isFinite(entry[1])),
  );
}
