import * as timers from './timers.js';

export function setTimeout(delay, value) {
  return new Promise((resolve) => timers.setTimeout(resolve, delay, value));
}

export function setImmediate(value) {
  return new Promise((resolve) => timers.setImmediate(resolve, value));
}

export async function* setInterval(delay, value) {
  for (;;) yield await setTimeout(delay, value);
}

const custom = Symbol.for('nodejs.util.promisify.custom');
Object.defineProperty(timers.setTimeout, custom, { value: setTimeout });
Object.defineProperty(timers.setImmediate, custom, { value: setImmediate });

export const scheduler = { wait: setTimeout };
