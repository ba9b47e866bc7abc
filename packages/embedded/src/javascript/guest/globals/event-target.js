import { codedError } from '../host.js';
import { setTimeout } from '../modules/timers.js';

export class Event {
  #isPrevented = false;
  target = null;
  currentTarget = null;
  eventPhase = 0;
  isTrusted = false;

  constructor(type, options = {}) {
    this.type = String(type);
    this.bubbles = Boolean(options.bubbles);
    this.cancelable = Boolean(options.cancelable);
    this.composed = Boolean(options.composed);
    this.timeStamp = performance.now();
  }

  preventDefault() {
    if (this.cancelable) this.#isPrevented = true;
  }

  get defaultPrevented() {
    return this.#isPrevented;
  }

  stopPropagation() {}

  stopImmediatePropagation() {
    this.isStopped = true;
  }
}

export class CustomEvent extends Event {
  constructor(type, options = {}) {
    super(type, options);
    this.detail = options.detail ?? null;
  }
}

export class EventTarget {
  #listeners = new Map();

  addEventListener(type, listener, options) {
    if (!listener || options?.signal?.aborted) return;
    options?.signal?.addEventListener('abort', () => this.removeEventListener(type, listener), { once: true });
    const entries = this.#listeners.get(type) ?? [];
    if (entries.some((entry) => entry.listener === listener)) return;
    this.#listeners.set(type, [...entries, { listener, isOnce: options?.once === true }]);
  }

  removeEventListener(type, listener) {
    this.#listeners.set(
      type,
      (this.#listeners.get(type) ?? []).filter((entry) => entry.listener !== listener),
    );
  }

  dispatchEvent(event) {
    event.target = this;
    event.currentTarget = this;
    for (const { listener, isOnce } of this.#listeners.get(event.type) ?? []) {
      if (isOnce) this.removeEventListener(event.type, listener);
      if (typeof listener === 'function') listener.call(this, event);
      else listener.handleEvent(event);
      if (event.isStopped) break;
    }
    event.currentTarget = null;
    return !event.defaultPrevented;
  }
}

const secret = Symbol('AbortSignal');

export class AbortSignal extends EventTarget {
  onabort = null;
  aborted = false;
  reason = undefined;

  constructor(key) {
    super();
    if (key !== secret) throw codedError(TypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
  }

  throwIfAborted() {
    if (this.aborted) throw this.reason;
  }

  static abort(reason = new DOMException('This operation was aborted', 'AbortError')) {
    const signal = new AbortSignal(secret);
    abort(signal, reason);
    return signal;
  }

  static timeout(milliseconds) {
    const signal = new AbortSignal(secret);
    setTimeout(() => abort(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError')), milliseconds).unref();
    return signal;
  }

  static any(signals) {
    const combined = new AbortSignal(secret);
    for (const signal of signals) {
      if (signal.aborted) abort(combined, signal.reason);
      else signal.addEventListener('abort', () => abort(combined, signal.reason), { once: true });
    }
    return combined;
  }
}

function abort(signal, reason) {
  if (signal.aborted) return;
  signal.aborted = true;
  signal.reason = reason;
  const event = new Event('abort');
  signal.onabort?.(event);
  signal.dispatchEvent(event);
}

export class AbortController {
  signal = new AbortSignal(secret);

  abort(reason = new DOMException('This operation was aborted', 'AbortError')) {
    abort(this.signal, reason);
  }
}
