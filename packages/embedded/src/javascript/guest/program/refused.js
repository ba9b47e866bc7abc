import { codedError } from '../host.js';

const network = 'the sandbox has no network';
const processes = 'the sandbox cannot start processes';
const threads = 'the sandbox has no threads';
const missing = 'it is not part of the sandbox';

/** Node modules that do not exist in the sandbox, with the reason. */
export const refusedModules = {
  http: network,
  https: network,
  http2: network,
  net: network,
  tls: network,
  dgram: network,
  dns: network,
  'dns/promises': network,
  child_process: processes,
  cluster: processes,
  worker_threads: threads,
  vm: missing,
  v8: missing,
  inspector: missing,
  zlib: missing,
  sqlite: missing,
  stream: missing,
  'stream/promises': missing,
  'stream/web': missing,
  async_hooks: missing,
  diagnostics_channel: missing,
  punycode: missing,
  trace_events: missing,
  test: missing,
  tty: missing,
  repl: missing,
  wasi: missing,
};

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
