import { codedError } from '../host.js';
import { Buffer } from '../modules/buffer.js';
import { EventEmitter } from '../modules/events.js';
import { setImmediate } from '../modules/timers.js';

const chunkSize = 65536;

/** A small readable stream over a blocking read: `data`/`end` events, `for await`, `pipe`, `read`. */
export class InputStream extends EventEmitter {
  #source;
  #decoder;
  #isFlowing = false;
  #isEnded = false;
  readable = true;

  constructor(source) {
    super();
    this.#source = source;
  }

  setEncoding(encoding) {
    this.#decoder = /^utf-?8$/i.test(encoding) ? new TextDecoder() : { decode: (bytes) => Buffer.from(bytes ?? []).toString(encoding) };
    return this;
  }

  on(name, listener) {
    super.on(name, listener);
    if (name === 'data') this.resume();
    if (name === 'readable') setImmediate(() => this.emit('readable'));
    return this;
  }

  addListener(name, listener) {
    return this.on(name, listener);
  }

  read() {
    if (this.#isEnded) return null;
    const bytes = this.#source.read(chunkSize);
    if (bytes.length === 0) {
      this.#finish();
      return null;
    }
    return this.#decoder ? this.#decoder.decode(bytes, { stream: true }) : Buffer.from(bytes);
  }

  #finish() {
    this.#isEnded = true;
    this.readable = false;
    this.#source.close?.();
    setImmediate(() => {
      this.emit('end');
      this.emit('close');
    });
  }

  resume() {
    if (this.#isFlowing || this.#isEnded) return this;
    this.#isFlowing = true;
    setImmediate(() => this.#flow());
    return this;
  }

  #flow() {
    if (!this.#isFlowing || this.#isEnded) return;
    const chunk = this.read();
    if (chunk === null) return;
    this.emit('data', chunk);
    setImmediate(() => this.#flow());
  }

  pause() {
    this.#isFlowing = false;
    return this;
  }

  pipe(target) {
    this.on('data', (chunk) => target.write(chunk));
    this.on('end', () => target.end?.());
    return target;
  }

  destroy() {
    if (!this.#isEnded) this.#finish();
    return this;
  }

  unref() {
    return this;
  }

  ref() {
    return this;
  }

  async *[Symbol.asyncIterator]() {
    for (let chunk = this.read(); chunk !== null; chunk = this.read()) yield chunk;
  }
}

/** A small writable stream over a blocking write. */
export class OutputStream extends EventEmitter {
  #target;
  writable = true;
  isTTY = false;

  constructor(target) {
    super();
    this.#target = target;
  }

  write(chunk, encoding, callback) {
    if (!this.writable) throw codedError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
    if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk)) {
      throw codedError(
        TypeError,
        'ERR_INVALID_ARG_TYPE',
        `The "chunk" argument must be of type string or an instance of Buffer, TypedArray, or DataView. Received ${chunk === null ? 'null' : `type ${typeof chunk}`}`,
      );
    }
    this.#target.write(typeof chunk === 'string' ? Buffer.from(chunk, typeof encoding === 'string' ? encoding : 'utf8') : chunk);
    const done = typeof encoding === 'function' ? encoding : callback;
    if (typeof done === 'function') setImmediate(done);
    return true;
  }

  end(chunk, encoding, callback) {
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') this.write(chunk, encoding);
    if (!this.writable) return this;
    this.writable = !this.#target.close;
    this.#target.close?.();
    const done = [chunk, encoding, callback].find((value) => typeof value === 'function');
    setImmediate(() => {
      this.emit('finish');
      this.emit('close');
      done?.();
    });
    return this;
  }

  cork() {}

  uncork() {}

  getWindowSize() {
    return [80, 24];
  }
}
