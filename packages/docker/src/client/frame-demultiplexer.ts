import type { OutputChunk } from '@sandpod/core';

/** Every frame begins with its stream, three zero bytes and the big-endian length of what follows. */
const HEADER_BYTES = 8;

/** Takes Docker's multiplexed stream apart, however its frames are cut. */
export class FrameDemultiplexer {
  #header = Buffer.alloc(0);
  #stream: OutputChunk['stream'] = 'stdout';
  #missing = 0;

  /** The output in `data`; a long frame is handed on in the pieces in which it arrives. */
  *push(data: Buffer): Generator<OutputChunk, void, void> {
    let rest = data;
    while (rest.length > 0) {
      if (this.#missing === 0) {
        rest = this.#readHeader(rest);
        continue;
      }
      const bytes = rest.subarray(0, this.#missing);
      this.#missing -= bytes.length;
      rest = rest.subarray(bytes.length);
      yield { stream: this.#stream, bytes };
    }
  }

  #readHeader(data: Buffer): Buffer {
    const wanted = HEADER_BYTES - this.#header.length;
    this.#header = Buffer.concat([this.#header, data.subarray(0, wanted)]);
    if (this.#header.length === HEADER_BYTES) {
      const kind = this.#header[0];
      if (kind !== 1 && kind !== 2) throw new Error(`Expected a frame of stream 1 or 2 from the Docker daemon, given ${kind}.`);
      this.#stream = kind === 1 ? 'stdout' : 'stderr';
      this.#missing = this.#header.readUInt32BE(4);
      this.#header = Buffer.alloc(0);
    }
    return data.subarray(wanted);
  }
}
