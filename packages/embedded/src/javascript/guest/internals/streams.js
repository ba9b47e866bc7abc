import streams from 'readable-stream/lib/stream.js';
import { Buffer } from '../modules/buffer.js';
import { setImmediate } from '../modules/timers.js';

const { Readable, Writable } = streams;
const chunkSize = 65536;

/** A readable stream over a blocking read. Other callbacks can run between two reads. */
export class InputStream extends Readable {
  #source;

  constructor(source, options) {
    // A chunk fills the buffer, so that nothing is read before the program needs it.
    super({ highWaterMark: 1, ...options });
    this.#source = source;
  }

  _read() {
    setImmediate(() => {
      if (this.destroyed) return;
      try {
        const bytes = this.#source.read(chunkSize);
        this.push(bytes.length === 0 ? null : Buffer.from(bytes));
      } catch (error) {
        this.destroy(error);
      }
    });
  }

  _destroy(error, done) {
    this.#source.close?.();
    done(error);
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }
}

/** A writable stream over a blocking write. */
export class OutputStream extends Writable {
  #target;

  constructor(target, options) {
    super({ decodeStrings: true, ...options });
    this.#target = target;
  }

  _write(chunk, _encoding, done) {
    try {
      this.#target.write(chunk);
    } catch (error) {
      done(error);
      return;
    }
    done();
  }

  _destroy(error, done) {
    this.#target.close?.();
    done(error);
  }
}
