import { InputStream, OutputStream } from '../internals/streams.js';
import { setImmediate } from '../modules/timers.js';
import * as descriptors from './descriptors.js';
import { pathOf } from './paths.js';

/** Opens a file for a stream. Returns an error instead of throwing it, because the stream reports it as an event. */
function opened(path, flags, mode) {
  pathOf(path);
  try {
    return { handle: descriptors.openSync(path, flags, mode) };
  } catch (failure) {
    return { failure };
  }
}

function announce(stream, { handle, failure }) {
  if (failure) return void stream.destroy(failure);
  setImmediate(() => {
    stream.emit('open', handle);
    stream.emit('ready');
  });
}

export function createReadStream(path, options) {
  const settings = typeof options === 'string' ? { encoding: options } : (options ?? {});
  const { handle, failure } = opened(path, settings.flags ?? 'r');
  let position = settings.start ?? 0;
  const end = settings.end === undefined ? Number.POSITIVE_INFINITY : settings.end + 1;
  const stream = new InputStream({
    read: (size) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(size, end - position)));
      const count = bytes.length === 0 ? 0 : descriptors.readSync(handle, bytes, 0, bytes.length, position);
      position += count;
      return bytes.subarray(0, count);
    },
    close: () => handle === undefined || descriptors.closeSync(handle),
  });
  stream.path = path;
  announce(stream, { handle, failure });
  return settings.encoding ? stream.setEncoding(settings.encoding) : stream;
}

export function createWriteStream(path, options) {
  const settings = typeof options === 'string' ? { encoding: options } : (options ?? {});
  const { handle, failure } = opened(path, settings.flags ?? 'w', settings.mode);
  let count = 0;
  const stream = new OutputStream({
    write: (bytes) => {
      count += descriptors.writeSync(handle, bytes);
      stream.bytesWritten = count;
    },
    close: () => handle === undefined || descriptors.closeSync(handle),
  });
  stream.path = path;
  stream.bytesWritten = 0;
  announce(stream, { handle, failure });
  return stream;
}
