import { callHost } from '../host.js';
import { InputStream, OutputStream } from '../internals/streams.js';
import { process } from '../modules/process.js';

function terminal(descriptor) {
  const stream = new OutputStream({ write: (bytes) => callHost('write', descriptor, bytes) });
  return Object.assign(stream, { fd: descriptor, isTTY: false, columns: 80, getWindowSize: () => [80, 24] });
}

/** Few programs use the streams themselves, so each one is created when a program first reads the property. */
function define(name, create) {
  const define = (descriptor) => Object.defineProperty(process, name, { ...descriptor, configurable: true, enumerable: true });
  define({
    get() {
      const value = create();
      define({ value, writable: true });
      return value;
    },
    set: (value) => define({ value, writable: true }),
  });
}

export function openStandardStreams() {
  define('stdin', () => Object.assign(new InputStream({ read: (size) => callHost('readInput', size) }), { fd: 0, isTTY: false }));
  define('stdout', () => terminal(1));
  define('stderr', () => terminal(2));
}
