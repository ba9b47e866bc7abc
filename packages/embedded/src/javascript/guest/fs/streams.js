import { InputStream, OutputStream } from '../internals/streams.js';
import * as descriptors from './descriptors.js';

export function createReadStream(path, options) {
  const settings = typeof options === 'string' ? { encoding: options } : (options ?? {});
  const handle = descriptors.openSync(path, settings.flags ?? 'r');
  let position = settings.start ?? 0;
  const end = settings.end === undefined ? Number.POSITIVE_INFINITY : settings.end + 1;
  const stream = new InputStream({
    read: (size) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(size, end - position)));
      const count = bytes.length === 0 ? 0 : descriptors.readSync(handle, bytes, 0, bytes.length, position);
      position += count;
      return bytes.subarray(0, count);
    },
    close: () => descriptors.closeSync(handle),
  });
  stream.path = path;
  return settings.encoding ? stream.setEncoding(settings.encoding) : stream;
}

export function createWriteStream(path, options) {
  const settings = typeof options === 'string' ? { encoding: options } : (options ?? {});
  const handle = descriptors.openSync(path, settings.flags ?? 'w', settings.mode);
  let count = 0;
  const stream = new OutputStream({
    write: (bytes) => {
      count += descriptors.writeSync(handle, bytes);
      stream.bytesWritten = count;
    },
    close: () => descriptors.closeSync(handle),
  });
  stream.path = path;
  stream.bytesWritten = 0;
  return stream;
}
