import { Buffer } from '../modules/buffer.js';
import * as descriptors from './descriptors.js';
import * as files from './sync.js';

/** The result of `fs.promises.open`. */
export class FileHandle {
  constructor(fd) {
    this.fd = fd;
  }

  async read(buffer, ...rest) {
    const target = buffer ?? Buffer.alloc(16384);
    return { bytesRead: descriptors.readSync(this.fd, target, ...rest), buffer: target };
  }

  async write(data, ...rest) {
    return { bytesWritten: descriptors.writeSync(this.fd, data, ...rest), buffer: data };
  }

  async readFile(options) {
    return files.readFileSync(this.fd, options);
  }

  async writeFile(data, options) {
    files.writeFileSync(this.fd, data, options);
  }

  async appendFile(data, options) {
    files.writeFileSync(this.fd, data, options);
  }

  async stat() {
    return descriptors.fstatSync(this.fd);
  }

  async truncate(length) {
    descriptors.ftruncateSync(this.fd, length);
  }

  async sync() {}

  async close() {
    descriptors.closeSync(this.fd);
  }

  async *readLines() {
    yield* sync
      .readFileSync(this.fd, 'utf8')
      .replace(/\r?\n$/, '')
      .split(/\r?\n/);
  }

  async [Symbol.asyncDispose]() {
    await this.close();
  }
}
