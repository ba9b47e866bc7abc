import EventEmitter from 'events/events.js';
import { codedError } from '../host.js';
import { inspect } from '../inspect/inspect.js';
import { receivedText } from '../internals/received-text.js';

// The library is Node's code of 2020. This module adds what Node has added since then, and the codes of errors.

const errorMonitor = Symbol('events.errorMonitor');
const { emit: emitEvent } = EventEmitter.prototype;

function emit(name, ...values) {
  if (name !== 'error') return emitEvent.call(this, name, ...values);
  if (this.listenerCount(errorMonitor) > 0) emitEvent.call(this, errorMonitor, ...values);
  const [error] = values;
  if (this.listenerCount('error') > 0 || error instanceof Error) return emitEvent.call(this, name, ...values);
  const failure = codedError(
    Error,
    'ERR_UNHANDLED_ERROR',
    `Unhandled error. (${typeof error === 'string' ? `'${error}'` : inspect(error)})`,
  );
  if (error !== undefined) failure.context = error;
  throw failure;
}

const checkingListener = (add) =>
  function (name, listener) {
    if (typeof listener !== 'function')
      throw codedError(
        TypeError,
        'ERR_INVALID_ARG_TYPE',
        `The "listener" argument must be of type function. Received ${receivedText(listener)}`,
      );
    return add.call(this, name, listener);
  };

const { prototype } = EventEmitter;
prototype.emit = emit;
for (const method of ['on', 'once', 'prependListener', 'prependOnceListener']) prototype[method] = checkingListener(prototype[method]);
prototype.addListener = prototype.on;

function abortError(signal) {
  const error = new Error('The operation was aborted', { cause: signal.reason });
  return Object.assign(error, { name: 'AbortError', code: 'ABORT_ERR' });
}

const onceEvent = EventEmitter.once;

/** Resolves with the values of the next `name` event. Rejects on an `error` event and when the signal is aborted. */
export function once(emitter, name, { signal } = {}) {
  if (!signal) return onceEvent(emitter, name);
  return new Promise((resolve, reject) => {
    const abort = () => reject(abortError(signal));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    onceEvent(emitter, name)
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}

/** Iterates over the values of each `name` event. */
export async function* on(emitter, name, { signal, close = [] } = {}) {
  const events = [];
  let wake = () => undefined;
  const push = (event) => {
    events.push(event);
    wake();
  };
  const listeners = [
    [name, (...values) => push({ values })],
    ...(name === 'error' ? [] : [['error', (error) => push({ error })]]),
    ...close.map((each) => [each, () => push({ isEnd: true })]),
  ];
  const abort = () => push({ error: abortError(signal) });
  for (const [each, listener] of listeners) emitter.on(each, listener);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    for (;;) {
      if (events.length === 0) await new Promise((resolve) => (wake = resolve));
      const { values, error, isEnd } = events.shift();
      if (isEnd) return;
      if (error !== undefined) throw error;
      yield values;
    }
  } finally {
    for (const [each, listener] of listeners) emitter.off(each, listener);
    signal?.removeEventListener('abort', abort);
  }
}

export function getEventListeners(emitter, name) {
  return emitter.listeners(name);
}

Object.assign(EventEmitter, { errorMonitor, getEventListeners, on, once });

export { EventEmitter };
