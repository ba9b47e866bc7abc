import type { GuestFileSystem, GuestOpenOptions } from '../guest/guest-contract.ts';
import { GuestFileError } from '../guest/guest-file-error.ts';

interface OpenHandle {
  readonly handle: number;
  readonly isAppending: boolean;
  position: number;
}

const flagOptions: Readonly<Record<string, GuestOpenOptions>> = {
  r: { read: true },
  'r+': { read: true, write: true },
  w: { write: true, create: true, truncate: true },
  wx: { write: true, create: true, exclusive: true },
  'w+': { read: true, write: true, create: true, truncate: true },
  'wx+': { read: true, write: true, create: true, exclusive: true },
  a: { write: true, create: true },
  ax: { write: true, create: true, exclusive: true },
  'a+': { read: true, write: true, create: true },
  'ax+': { read: true, write: true, create: true, exclusive: true },
};

export function openOptions(flags: string, mode: number): GuestOpenOptions {
  const normal = flags.replace('s', '').replace('xw', 'wx').replace('xa', 'ax');
  const options = Object.hasOwn(flagOptions, normal) ? flagOptions[normal] : undefined;
  if (!options) throw new GuestFileError('EINVAL', flags);
  return { ...options, mode: mode & 0o777 & ~0o022 };
}

/** The file descriptors of one program, starting at 3. All of them are closed when the program ends. */
export class OpenHandles {
  readonly #files: GuestFileSystem;
  readonly #open = new Map<number, OpenHandle>();
  #next = 3;

  constructor(files: GuestFileSystem) {
    this.#files = files;
  }

  open(path: string, { flags, mode }: { readonly flags: string; readonly mode: number }): number {
    if (this.#open.size >= 1024) throw new GuestFileError('EMFILE', path);
    const handle = this.#files.open(path, openOptions(flags, mode));
    const descriptor = this.#next;
    this.#next += 1;
    this.#open.set(descriptor, { handle, isAppending: flags.includes('a'), position: 0 });
    return descriptor;
  }

  get(descriptor: number): OpenHandle {
    const found = this.#open.get(descriptor);
    if (!found) throw new GuestFileError('EBADF', '');
    return found;
  }

  close(descriptor: number): void {
    const { handle } = this.get(descriptor);
    this.#open.delete(descriptor);
    this.#files.close(handle);
  }

  closeAll(): void {
    for (const descriptor of [...this.#open.keys()]) this.close(descriptor);
  }

  /** Reads up to `length` bytes. If `position` is -1, reads from the current position. */
  read(descriptor: number, { length, position }: { readonly length: number; readonly position: number }): Uint8Array {
    const open = this.get(descriptor);
    const bytes = this.#files.read(open.handle, position < 0 ? open.position : position, length);
    if (position < 0) open.position += bytes.length;
    return bytes;
  }

  write(descriptor: number, { bytes, position }: { readonly bytes: Uint8Array; readonly position: number }): void {
    const open = this.get(descriptor);
    const start = position < 0 ? open.position : position;
    const end = this.#files.write(open.handle, open.isAppending ? 'end' : start, bytes);
    if (position < 0) open.position = end;
  }
}
