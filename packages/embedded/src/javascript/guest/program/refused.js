import { codedError } from '../host.js';

const network = 'the sandbox has no network';
const threads = 'the sandbox has no threads';
const missing = 'it is not part of the sandbox';

export function refuse(what, reason) {
  return codedError(Error, 'ERR_SANDBOX', `${what} is not available: ${reason}`);
}

export async function fetch() {
  throw refuse('fetch', network);
}

/** Classes that exist, but that a program cannot use. */
const classes = {
  [network]: ['EventSource', 'Headers', 'Request', 'Response', 'WebSocket', 'XMLHttpRequest'],
  [threads]: ['BroadcastChannel', 'MessageChannel', 'Worker'],
  [missing]: [
    ...['Blob', 'File', 'FormData', 'URLPattern', 'PerformanceObserver', 'CompressionStream', 'DecompressionStream'],
    ...['ReadableStream', 'WritableStream', 'TransformStream', 'TextDecoderStream', 'TextEncoderStream'],
  ],
};

function refusedClass(name, reason) {
  return {
    [name]: class {
      constructor() {
        throw refuse(name, reason);
      }
    },
  }[name];
}

export const refusedClasses = Object.fromEntries(
  Object.entries(classes).flatMap(([reason, names]) => names.map((name) => [name, refusedClass(name, reason)])),
);
