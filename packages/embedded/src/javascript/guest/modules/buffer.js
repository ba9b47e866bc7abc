import { codedError } from '../host.js';
import { customInspect } from '../inspect/inspect.js';
import { addNumberMethods } from '../internals/buffer-numbers.js';
import { decodeText, encodeText } from '../internals/encodings.js';
import { receivedText } from '../internals/received-text.js';

const poolFree = (size) => new Buffer(new ArrayBuffer(size));

function checkSize(size) {
  if (typeof size !== 'number')
    throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "size" argument must be of type number. Received ${receivedText(size)}`);
  if (!(size >= 0 && size <= 2 ** 31 - 1))
    throw codedError(RangeError, 'ERR_OUT_OF_RANGE', `The value of "size" is out of range. Received ${size}`);
}

function fromObject(value) {
  if (value instanceof String) return encodeText(String(value));
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return undefined;
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return Uint8Array.from(value);
  if (value?.type === 'Buffer' && Array.isArray(value.data)) return Uint8Array.from(value.data);
  if (typeof value?.length === 'number') return Uint8Array.from(value);
  const primitive = value?.valueOf?.();
  return primitive !== undefined && primitive !== null && primitive !== value ? Buffer.from(primitive) : null;
}

/** Node's Buffer, based on the engine's Uint8Array. */
export class Buffer extends Uint8Array {
  static poolSize = 8192;

  static get [Symbol.species]() {
    return Buffer;
  }

  static alloc(size, fill, encoding) {
    checkSize(size);
    const buffer = poolFree(size);
    return fill === undefined || fill === 0 ? buffer : buffer.fill(fill, encoding);
  }

  static allocUnsafe(size) {
    return Buffer.alloc(size);
  }

  static allocUnsafeSlow(size) {
    return Buffer.alloc(size);
  }

  static from(value, encodingOrOffset, length) {
    if (typeof value === 'string') return asBuffer(encodeText(value, encodingOrOffset));
    if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return new Buffer(value, encodingOrOffset, length);
    const bytes = typeof value === 'object' && value !== null ? fromObject(value) : null;
    if (bytes === null) {
      throw codedError(
        TypeError,
        'ERR_INVALID_ARG_TYPE',
        `The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object. Received ${receivedText(value)}`,
      );
    }
    return asBuffer(bytes);
  }

  static of(...bytes) {
    return Buffer.from(bytes);
  }

  static concat(list, totalLength = list.reduce((sum, item) => sum + item.length, 0)) {
    const result = Buffer.alloc(totalLength);
    let position = 0;
    for (const item of list) {
      const part = item.subarray(0, Math.max(0, totalLength - position));
      result.set(part, position);
      position += part.length;
    }
    return result;
  }

  static isBuffer(value) {
    return value instanceof Buffer;
  }

  static isEncoding(encoding) {
    return /^(utf-?8|ascii|latin1|binary|hex|base64|base64url|ucs-?2|utf-?16le)$/i.test(String(encoding));
  }

  static byteLength(value, encoding) {
    return typeof value === 'string' ? encodeText(value, encoding).length : value.byteLength;
  }

  static compare(left, right) {
    const shared = Math.min(left.length, right.length);
    for (let index = 0; index < shared; index += 1) if (left[index] !== right[index]) return left[index] < right[index] ? -1 : 1;
    return Math.sign(left.length - right.length);
  }

  toString(encoding, start = 0, end = this.length) {
    return decodeText(this.subarray(start, end), encoding);
  }

  toLocaleString(encoding, start, end) {
    return this.toString(encoding, start, end);
  }

  toJSON() {
    return { type: 'Buffer', data: Array.from(this) };
  }

  equals(other) {
    return Buffer.compare(this, other) === 0;
  }

  compare(other, ...ranges) {
    const [targetStart, targetEnd, start, end] = ranges;
    return Buffer.compare(this.subarray(start ?? 0, end), other.subarray(targetStart ?? 0, targetEnd));
  }

  slice(start, end) {
    return this.subarray(start, end);
  }

  write(text, ...rest) {
    const encoding = rest.find((value) => typeof value === 'string') ?? 'utf8';
    const [offset = 0, length = this.length - offset] = rest.filter((value) => typeof value === 'number');
    const bytes = encodeText(text, encoding);
    const part = bytes.subarray(0, Math.min(bytes.length, length, this.length - offset));
    this.set(part, offset);
    return part.length;
  }

  copy(target, targetStart = 0, ...range) {
    const [start = 0, end = this.length] = range;
    const part = this.subarray(start, Math.min(end, start + target.length - targetStart));
    target.set(part, targetStart);
    return part.length;
  }

  fill(value, ...rest) {
    const [start = 0, end = this.length] = rest.filter((item) => typeof item === 'number');
    if (typeof value === 'number') return super.fill(value, start, end);
    const bytes = typeof value === 'string' ? encodeText(value, rest.find((item) => typeof item === 'string') ?? 'utf8') : value;
    for (let index = start; index < end; index += 1) this[index] = bytes.length === 0 ? 0 : bytes[(index - start) % bytes.length];
    return this;
  }

  indexOf(value, from = 0, encoding = 'utf8') {
    if (typeof value === 'number') return super.indexOf(value & 255, from);
    const wanted = typeof value === 'string' ? encodeText(value, encoding) : value;
    for (let index = Math.max(0, from < 0 ? this.length + from : from); index <= this.length - wanted.length; index += 1) {
      if (wanted.length > 0) index = super.indexOf(wanted[0], index);
      if (index < 0) return -1;
      if (wanted.every((byte, at) => this[index + at] === byte)) return index;
    }
    return -1;
  }

  lastIndexOf(value, from = this.length, encoding = 'utf8') {
    if (typeof value === 'number') return super.lastIndexOf(value & 255, from);
    const wanted = typeof value === 'string' ? encodeText(value, encoding) : value;
    const start = Math.min(from < 0 ? this.length + from : from, this.length - wanted.length);
    for (let index = start; index >= 0; index -= 1) if (wanted.every((byte, at) => this[index + at] === byte)) return index;
    return -1;
  }

  swap16() {
    return this.#swap(2);
  }

  swap32() {
    return this.#swap(4);
  }

  swap64() {
    return this.#swap(8);
  }

  #swap(width) {
    if (this.length % width !== 0)
      throw codedError(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${width * 8}-bits`);
    for (let start = 0; start < this.length; start += width) this.subarray(start, start + width).reverse();
    return this;
  }

  get parent() {
    return this.buffer;
  }

  get offset() {
    return this.byteOffset;
  }

  includes(value, from, encoding) {
    return this.indexOf(value, from, encoding) >= 0;
  }

  [customInspect]() {
    const shown = Array.from(this.subarray(0, 50), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const more = this.length > 50 ? ` ... ${this.length - 50} more byte${this.length > 51 ? 's' : ''}` : '';
    return `<Buffer ${shown}${more}>`;
  }
}

function asBuffer(bytes) {
  return new Buffer(bytes.buffer, bytes.byteOffset, bytes.length);
}

addNumberMethods(Buffer.prototype);

export const constants = { MAX_LENGTH: 2 ** 31 - 1, MAX_STRING_LENGTH: 2 ** 29 };
export const kMaxLength = constants.MAX_LENGTH;

export function isAscii(bytes) {
  return Buffer.from(bytes).every((byte) => byte < 128);
}

export function isUtf8(bytes) {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

export function transcode(bytes, from, to) {
  return Buffer.from(Buffer.from(bytes).toString(from), to);
}
