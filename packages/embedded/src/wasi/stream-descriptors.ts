import type { GuestContext, GuestStat } from '../guest/guest-contract.ts';
import { Descriptor } from './descriptor.ts';
import { WASI_FILE_TYPE } from './file-types.ts';
import { ALL_RIGHTS, WASI_RIGHT } from './rights.ts';

// A character device without these rights would be treated as a terminal.
const STREAM_RIGHTS = ALL_RIGHTS & ~WASI_RIGHT.FD_SEEK & ~WASI_RIGHT.FD_TELL;

abstract class StreamDescriptor extends Descriptor {
  override readonly fileType: number = WASI_FILE_TYPE.unknown;
  override readonly rights: bigint = STREAM_RIGHTS;
  protected readonly context: GuestContext;
  readonly #inode: number;

  constructor(context: GuestContext, inode: number) {
    super();
    this.context = context;
    this.#inode = inode;
  }

  override stat(): GuestStat {
    return { inode: this.#inode, type: 'device', size: 0, mode: 0o600, links: 1, accessedMs: 0, modifiedMs: 0, changedMs: 0 };
  }
}

/** Standard input. */
export class InputDescriptor extends StreamDescriptor {
  constructor(context: GuestContext) {
    super(context, 1);
  }

  override read(length: number): Uint8Array {
    return length === 0 ? new Uint8Array(0) : this.context.readInput(length);
  }
}

/** Standard output or standard error. */
export class OutputDescriptor extends StreamDescriptor {
  readonly #stream: 'stdout' | 'stderr';

  constructor(context: GuestContext, stream: 'stdout' | 'stderr') {
    super(context, stream === 'stdout' ? 2 : 3);
    this.#stream = stream;
  }

  override write(bytes: Uint8Array): void {
    if (bytes.length > 0) this.context.writeOutput(this.#stream, bytes);
  }
}
