import { callHost, codedError } from '../host.js';
import { Buffer } from './buffer.js';
import { setImmediate } from './timers.js';

function checkSize(size) {
  if (!Number.isInteger(size) || size < 0 || size > 2 ** 31 - 1)
    throw codedError(RangeError, 'ERR_OUT_OF_RANGE', `The value of "size" is out of range. Received ${size}`);
}

export function randomBytes(size, callback) {
  checkSize(size);
  const bytes = callHost('randomBytes', size);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (typeof callback !== 'function') return buffer;
  queueMicrotask(() => callback(null, buffer));
  return undefined;
}

export function randomFillSync(buffer) {
  new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).set(callHost('randomBytes', buffer.byteLength));
  return buffer;
}

export function getRandomValues(array) {
  if (!ArrayBuffer.isView(array)) throw new TypeError('The argument of getRandomValues must be an integer typed array');
  if (array.byteLength > 65536) throw new DOMException(`The requested length exceeds 65,536 bytes`, 'QuotaExceededError');
  return randomFillSync(array);
}

export function randomUUID() {
  const bytes = callHost('randomBytes', 16);
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = bytes.toHex();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function randomInt(low, high) {
  const [from, to] = high === undefined ? [0, low] : [low, high];
  const range = to - from;
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || range <= 0 || range > 2 ** 48)
    throw codedError(RangeError, 'ERR_OUT_OF_RANGE', `The value of "max" is out of range. Received ${to}`);
  const limit = Math.floor(2 ** 48 / range) * range;
  for (;;) {
    const value = callHost('randomBytes', 6).reduce((sum, byte) => sum * 256 + byte, 0);
    if (value < limit) return from + (value % range);
  }
}

/** Collects the data and lets the host compute the digest at the end. */
class Hash {
  #algorithm;
  #key;
  #parts = [];

  constructor(algorithm, key) {
    this.#algorithm = String(algorithm);
    this.#key = key;
  }

  update(data, encoding) {
    this.#parts.push(Buffer.from(data, encoding));
    return this;
  }

  digest(encoding) {
    const data = Buffer.concat(this.#parts);
    const bytes = this.#key === undefined ? callHost('hash', this.#algorithm, data) : callHost('hmac', this.#algorithm, data, this.#key);
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    return encoding ? buffer.toString(encoding) : buffer;
  }
}

function checkAlgorithm(algorithm) {
  if (!getHashes().includes(String(algorithm).toLowerCase()))
    throw codedError(
      Error,
      'ERR_CRYPTO_INVALID_DIGEST',
      `Digest method not supported: ${algorithm}. The sandbox has ${getHashes().join(', ')}`,
    );
}

export function getHashes() {
  return ['md5', 'ripemd160', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3-256', 'sha3-512', 'blake2b512', 'blake2s256'];
}

export function createHash(algorithm) {
  checkAlgorithm(algorithm);
  return new Hash(algorithm);
}

export function createHmac(algorithm, key) {
  checkAlgorithm(algorithm);
  return new Hash(algorithm, Buffer.from(key));
}

const bytesOf = (data) => Buffer.from(data);

function derived(name, ...values) {
  try {
    const bytes = callHost(name, ...values);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  } catch {
    throw codedError(
      Error,
      'ERR_SANDBOX',
      `crypto.${name} refused its arguments: they are not valid, or more work than the sandbox allows`,
    );
  }
}

export function pbkdf2Sync(password, salt, ...settings) {
  const [iterations, length, digest] = settings;
  checkAlgorithm(digest);
  return derived('pbkdf2', bytesOf(password), bytesOf(salt), iterations, length, String(digest).toLowerCase());
}

export function scryptSync(password, salt, ...settings) {
  const [length, options = {}] = settings;
  const cost = options.cost ?? options.N ?? 16384;
  return derived(
    'scrypt',
    bytesOf(password),
    bytesOf(salt),
    length,
    cost,
    options.blockSize ?? options.r ?? 8,
    options.parallelization ?? options.p ?? 1,
  );
}

/** Returns a version of `run` that takes a callback. As in Node, the callback is called in a later turn of the event loop. */
function withCallback(run) {
  return (...given) => {
    const callback = given.pop();
    let result;
    try {
      result = [null, run(...given)];
    } catch (error) {
      result = [error];
    }
    setImmediate(() => callback(...result));
  };
}
export const pbkdf2 = withCallback(pbkdf2Sync);
export const scrypt = withCallback(scryptSync);

export function hash(algorithm, data, encoding = 'hex') {
  return createHash(algorithm)
    .update(data)
    .digest(encoding === 'buffer' ? undefined : encoding);
}

export function timingSafeEqual(left, right) {
  if (left.byteLength !== right.byteLength)
    throw codedError(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
  return left.reduce((difference, byte, index) => difference | (byte ^ right[index]), 0) === 0;
}

const subtle = {
  digest: async (algorithm, data) => {
    const name = String(algorithm?.name ?? algorithm)
      .toLowerCase()
      .replace('-', '');
    const bytes = ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(data);
    return Uint8Array.from(createHash(name).update(bytes).digest()).buffer;
  },
};

export const webcrypto = { getRandomValues, randomUUID, subtle };
export { subtle };
