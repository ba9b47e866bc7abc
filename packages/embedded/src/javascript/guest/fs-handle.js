import { Buffer } from 'sandpod:buffer';
import * as sync from 'sandpod:fs-sync';

/** What `fs.promises.open` resolves to. */
export class FileHandle {
  constructor(fd) {
    this.fd = fd;
  }

  async read(buffer, ...rest) {
    const target = buffer ?? Buffer.alloc(16384);
    return { bytesRead: sync.readSync(this.fd, target, ...rest), buffer: target };
  }

  async write(data, ...rest) {
    return { bytesWritten: sync.writeSync(this.fd, data, ...rest), buffer: data };
  }

  async readFile(options) {
    return sync.readFileSync(this.fd, options);
  }

  async writeFile(data, options) {
    sync.writeFileSync(this.fd, data, options);
  }

  async appendFile(data, options) {
    sync.writeFileSync(this.fd, data, options);
  }

  async stat() {
    return sync.fstatSync(this.fd);
  }

  async truncate(length) {
    sync.ftruncateSync(this.fd, length);
  }

  async sync() {}

  async close() {
    sync.closeSync(this.fd);
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
