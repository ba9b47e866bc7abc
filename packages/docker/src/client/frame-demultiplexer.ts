import type { OutputChunk } from '@sandpod/core';

/**
 * Length of the header with which each frame begins: the number of the stream, three zero bytes, and the length of the content
 * (big-endian).
 */
const HEADER_BYTES = 8;

/** Splits Docker's multiplexed stream into stdout and stderr. Chunks may begin and end anywhere in a frame. */
export class FrameDemultiplexer {
  #header = Buffer.alloc(0);
  #stream: OutputChunk['stream'] = 'stdout';
  #missing = 0;

  /** Yields the output in `data`. A frame that spans several chunks is yielded in several pieces, one for each chunk. */
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
