import { Buffer } from './buffer.js';

export class StringDecoder {
  #decoder;

  constructor(encoding = 'utf8') {
    this.encoding = encoding;
    this.#decoder = /^utf-?8$/i.test(encoding) ? new TextDecoder() : undefined;
  }

  write(bytes) {
    return this.#decoder ? this.#decoder.decode(bytes, { stream: true }) : Buffer.from(bytes).toString(this.encoding);
  }

  end(bytes) {
    const text = bytes ? this.write(bytes) : '';
    return this.#decoder ? text + this.#decoder.decode() : text;
  }
}
