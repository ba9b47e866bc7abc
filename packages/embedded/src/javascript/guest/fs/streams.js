import { InputStream, OutputStream } from '../internals/streams.js';
import * as descriptors from './descriptors.js';
import { pathOf } from './paths.js';

/** Opens a file as a stream does: the stream reports an error as an event. */
function opening(open) {
  return function (done) {
    try {
      this.fd = open();
    } catch (error) {
      done(error);
      return;
    }
    done();
    this.emit('open', this.fd);
    this.emit('ready');
  };
}

const settingsOf = (options) => (typeof options === 'string' ? { encoding: options } : (options ?? {}));
const closing = (stream) => () => stream.fd === undefined || descriptors.closeSync(stream.fd);

export class ReadStream extends InputStream {
  bytesRead = 0;

  constructor(path, options) {
    const { flags = 'r', start = 0, end = Number.POSITIVE_INFINITY, highWaterMark = 65536, encoding, signal } = settingsOf(options);
    pathOf(path);
    const read = () => {
      const bytes = new Uint8Array(Math.max(0, Math.min(highWaterMark, end + 1 - start - this.bytesRead)));
      const count = bytes.length === 0 ? 0 : descriptors.readSync(this.fd, bytes, 0, bytes.length, start + this.bytesRead);
      this.bytesRead += count;
      return bytes.subarray(0, count);
    };
    const construct = opening(() => descriptors.openSync(path, flags));
    super({ read, close: () => closing(this)() }, { construct, encoding, highWaterMark, signal });
    this.path = path;
  }
}

export class WriteStream extends OutputStream {
  bytesWritten = 0;

  constructor(path, options) {
    const { flags = 'w', mode, encoding = 'utf8', signal, start } = settingsOf(options);
    pathOf(path);
    const write = (bytes) => {
      const position = start === undefined ? null : start + this.bytesWritten;
      this.bytesWritten += descriptors.writeSync(this.fd, bytes, 0, bytes.length, position);
    };
    const construct = opening(() => descriptors.openSync(path, flags, mode));
    super({ write, close: () => closing(this)() }, { construct, defaultEncoding: encoding, signal });
    this.path = path;
  }
}

export function createReadStream(path, options) {
  return new ReadStream(path, options);
}

export function createWriteStream(path, options) {
  return new WriteStream(path, options);
}
