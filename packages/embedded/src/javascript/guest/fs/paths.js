import { codedError, notePath } from '../host.js';
import { Buffer } from '../modules/buffer.js';
import { resolve } from '../modules/path.js';

/** Returns the absolute path for a string, a Buffer or a file URL. */
export function pathOf(path, name = 'path') {
  if (path instanceof URL) return decodeURIComponent(path.pathname);
  const text = Buffer.isBuffer(path) ? path.toString() : path;
  if (typeof text !== 'string')
    throw codedError(
      TypeError,
      'ERR_INVALID_ARG_TYPE',
      `The "${name}" argument must be of type string or an instance of Buffer or URL. Received ${text === null || text === undefined ? text : `type ${typeof text}`}`,
    );
  if (text.includes('\0'))
    throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument '${name}' must be a string without null bytes.`);
  const absolute = resolve(text);
  notePath(absolute, text);
  return absolute;
}

export const encodingOf = (options) => (typeof options === 'string' ? options : options?.encoding);

export function bytesOf(data, encoding) {
  if (typeof data === 'string') return Buffer.from(data, encoding);
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  throw codedError(
    TypeError,
    'ERR_INVALID_ARG_TYPE',
    `The "data" argument must be of type string or an instance of Buffer, TypedArray, or DataView. Received ${data === null ? 'null' : `type ${typeof data}`}`,
  );
}
