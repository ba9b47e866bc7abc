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

function refusedClass(name) {
  return {
    [name]: class {
      constructor() {
        throw refuse(name, name === 'Worker' ? threads : network);
      }
    },
  }[name];
}

export const WebSocket = refusedClass('WebSocket');
export const XMLHttpRequest = refusedClass('XMLHttpRequest');
export const EventSource = refusedClass('EventSource');
