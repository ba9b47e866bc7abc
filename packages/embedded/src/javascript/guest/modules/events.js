import { codedError } from '../host.js';

/** Node's event emitter. Listeners run in the order in which they were added. An `error` event without a listener is thrown. */
export class EventEmitter {
  #listeners = new Map();
  #maximum = 10;

  #add(name, entry, isFirst) {
    if (typeof entry.listener !== 'function') {
      throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "listener" argument must be of type function');
    }
    if (this.#listeners.has('newListener')) this.emit('newListener', name, entry.listener);
    const entries = this.#listeners.get(name) ?? [];
    this.#listeners.set(name, isFirst ? [entry, ...entries] : [...entries, entry]);
    return this;
  }

  on(name, listener) {
    return this.#add(name, { listener, isOnce: false }, false);
  }

  once(name, listener) {
    return this.#add(name, { listener, isOnce: true }, false);
  }

  prependListener(name, listener) {
    return this.#add(name, { listener, isOnce: false }, true);
  }

  prependOnceListener(name, listener) {
    return this.#add(name, { listener, isOnce: true }, true);
  }

  off(name, listener) {
    const entries = this.#listeners.get(name) ?? [];
    const index = entries.findLastIndex((entry) => entry.listener === listener);
    if (index < 0) return this;
    const rest = entries.toSpliced(index, 1);
    if (rest.length > 0) this.#listeners.set(name, rest);
    else this.#listeners.delete(name);
    if (this.#listeners.has('removeListener')) this.emit('removeListener', name, listener);
    return this;
  }

  emit(name, ...values) {
    const entries = this.#listeners.get(name);
    if (!entries) {
      if (name === 'error')
        throw values[0] instanceof Error ? values[0] : codedError(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${String(values[0])})`);
      return false;
    }
    for (const entry of entries) {
      if (entry.isOnce) this.off(name, entry.listener);
      entry.listener.apply(this, values);
    }
    return true;
  }

  removeAllListeners(name) {
    if (name === undefined) this.#listeners.clear();
    else this.#listeners.delete(name);
    return this;
  }

  listenerCount(name) {
    return this.#listeners.get(name)?.length ?? 0;
  }

  listeners(name) {
    return (this.#listeners.get(name) ?? []).map((entry) => entry.listener);
  }

  rawListeners(name) {
    return this.listeners(name);
  }

  eventNames() {
    return [...this.#listeners.keys()];
  }

  setMaxListeners(count) {
    this.#maximum = count;
    return this;
  }

  getMaxListeners() {
    return this.#maximum;
  }
}
EventEmitter.prototype.addListener = EventEmitter.prototype.on;
EventEmitter.prototype.removeListener = EventEmitter.prototype.off;
for (const name of ['addListener', 'removeListener']) Object.defineProperty(EventEmitter.prototype, name, { enumerable: false });
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.defaultMaxListeners = 10;

/** Resolves with the values of the next `name` event. Rejects on an `error` event. */
export function once(emitter, name) {
  return new Promise((resolve, reject) => {
    const failed = (error) => {
      emitter.off(name, done);
      reject(error);
    };
    const done = (...values) => {
      emitter.off('error', failed);
      resolve(values);
    };
    emitter.once(name, done);
    if (name !== 'error') emitter.once('error', failed);
  });
}
EventEmitter.once = once;
