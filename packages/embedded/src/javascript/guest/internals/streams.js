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
  #isIterated = false;
  errored = null;
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
    let bytes;
    try {
      bytes = this.#source.read(chunkSize);
    } catch (error) {
      this.destroy(error);
      return null;
    }
    if (bytes.length === 0) {
      this.#finish();
      return null;
    }
    return this.#decoder ? this.#decoder.decode(bytes, { stream: true }) : Buffer.from(bytes);
  }

  #finish(isWhole = true) {
    this.#isEnded = true;
    this.readable = false;
    this.#source.close?.();
    setImmediate(() => {
      if (this.errored && !this.#isIterated) this.emit('error', this.errored);
      if (isWhole) this.emit('end');
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

  /** Ends the stream early. An error is emitted, or thrown in `for await`. */
  destroy(error) {
    if (this.#isEnded) return this;
    this.destroyed = true;
    this.errored = error ?? null;
    this.#finish(false);
    return this;
  }

  unref() {
    return this;
  }

  ref() {
    return this;
  }

  async *[Symbol.asyncIterator]() {
    this.#isIterated = true;
    for (let chunk = this.read(); chunk !== null; chunk = this.read()) yield chunk;
    if (this.errored) throw this.errored;
  }
}

/** A small writable stream over a blocking write. */
export class OutputStream extends EventEmitter {
  #target;
  writable = true;
  destroyed = false;
  writableEnded = false;
  isTTY = false;

  constructor(target) {
    super();
    this.#target = target;
  }

  write(chunk, encoding, callback) {
    if (this.destroyed) return false;
    if (!this.writable) {
      const late = codedError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
      setImmediate(() => this.emit('error', late));
      return false;
    }
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

  end(...given) {
    const done = given.find((value) => typeof value === 'function');
    const [chunk, encoding] = given.filter((value) => typeof value !== 'function');
    if (chunk !== undefined && chunk !== null) this.write(chunk, encoding);
    if (!this.writable || this.destroyed) return this;
    this.writable = !this.#target.close;
    this.writableEnded = true;
    this.#target.close?.();
    setImmediate(() => {
      done?.();
      this.emit('finish');
      this.emit('close');
    });
    return this;
  }

  /** Ends the stream early, without `finish`. */
  destroy(error) {
    if (this.destroyed || this.writableEnded) return this;
    this.destroyed = true;
    this.writable = false;
    this.#target.close?.();
    setImmediate(() => {
      if (error) this.emit('error', error);
      this.emit('close');
    });
    return this;
  }

  cork() {}

  uncork() {}

  getWindowSize() {
    return [80, 24];
  }
}
