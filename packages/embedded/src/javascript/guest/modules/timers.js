import { codedError } from '../host.js';

const now = performance.now.bind(performance);
const byId = new Map();
/** Timers, sorted by time and then by order of creation. */
const timers = [];
let immediates = [];
let batch = [];
let lastId = 0;
let lastOrder = 0;

export class Timeout {
  constructor(callback, delay, { values, repeats }) {
    const milliseconds = Number(delay);
    this._callback = callback;
    this._values = values;
    this._delay = milliseconds >= 1 && milliseconds <= 2147483647 ? Math.trunc(milliseconds) : 1;
    this._repeats = repeats;
    this._isRef = true;
    lastId += 1;
    this._id = lastId;
    schedule(this);
  }

  ref() {
    this._isRef = true;
    return this;
  }

  unref() {
    this._isRef = false;
    return this;
  }

  hasRef() {
    return this._isRef;
  }

  refresh() {
    remove(this);
    schedule(this);
    return this;
  }

  close() {
    remove(this);
    return this;
  }

  [Symbol.toPrimitive]() {
    return this._id;
  }

  [Symbol.dispose]() {
    remove(this);
  }
}

export class Immediate {
  constructor(callback, values) {
    this._callback = callback;
    this._values = values;
    this._isCleared = false;
  }

  ref() {
    return this;
  }

  unref() {
    return this;
  }

  hasRef() {
    return true;
  }
}

function schedule(timer) {
  lastOrder += 1;
  timer._order = lastOrder;
  timer._time = now() + timer._delay;
  let low = 0;
  let high = timers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timers[middle]._time <= timer._time) low = middle + 1;
    else high = middle;
  }
  timers.splice(low, 0, timer);
  byId.set(timer._id, timer);
}

function remove(timer) {
  if (!byId.delete(timer._id)) return;
  const index = timers.indexOf(timer);
  if (index >= 0) timers.splice(index, 1);
}

function checkCallback(callback) {
  if (typeof callback !== 'function') {
    throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "callback" argument must be of type function. Received ${typeof callback}`);
  }
}

export function setTimeout(callback, delay, ...values) {
  checkCallback(callback);
  return new Timeout(callback, delay, { values, repeats: false });
}

export function setInterval(callback, delay, ...values) {
  checkCallback(callback);
  return new Timeout(callback, delay, { values, repeats: true });
}

export function setImmediate(callback, ...values) {
  checkCallback(callback);
  const immediate = new Immediate(callback, values);
  immediates.push(immediate);
  return immediate;
}

export function clearTimeout(timer) {
  const found = timer instanceof Timeout ? timer : byId.get(Number(timer));
  if (found) remove(found);
}

export const clearInterval = clearTimeout;

export function clearImmediate(immediate) {
  if (immediate instanceof Immediate) immediate._isCleared = true;
}

function takeImmediate() {
  while (batch.length > 0) {
    const immediate = batch.shift();
    if (!immediate._isCleared) return immediate;
  }
  return undefined;
}

function takeTimer() {
  const timer = timers[0];
  if (!timer || timer._time > now()) return undefined;
  remove(timer);
  if (timer._repeats) schedule(timer);
  return timer;
}

/** Returns the next callback to run: the rest of the current round of immediates, a timer that is due, or the next round. */
export function takeDue() {
  const due = takeImmediate() ?? takeTimer();
  if (due) return due;
  batch = immediates;
  immediates = [];
  return takeImmediate();
}

/** Returns the milliseconds until the next timer, or -1 if nothing keeps the program alive. */
export function waitingTime() {
  if (!timers.some((timer) => timer._isRef)) return -1;
  return Math.max(0, timers[0]._time - now());
}
