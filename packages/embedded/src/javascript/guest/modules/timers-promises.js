import * as timers from './timers.js';

/** Calls `start` with a callback. Rejects, and clears the timer, if the signal is aborted. */
function abortable(start, clear, signal) {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clear(timer);
      const error = new Error('The operation was aborted', { cause: signal.reason });
      reject(Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' }));
    };
    let timer;
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort, { once: true });
    timer = start((value) => {
      signal?.removeEventListener('abort', abort);
      resolve(value);
    });
  });
}

export function setTimeout(delay, value, { signal } = {}) {
  return abortable((done) => timers.setTimeout(done, delay, value), timers.clearTimeout, signal);
}

export function setImmediate(value, { signal } = {}) {
  return abortable((done) => timers.setImmediate(done, value), timers.clearImmediate, signal);
}

export async function* setInterval(delay, value, options) {
  for (;;) yield await setTimeout(delay, value, options);
}

const custom = Symbol.for('nodejs.util.promisify.custom');
Object.defineProperty(timers.setTimeout, custom, { value: setTimeout });
Object.defineProperty(timers.setImmediate, custom, { value: setImmediate });

export const scheduler = { wait: (delay, options) => setTimeout(delay, undefined, options) };
