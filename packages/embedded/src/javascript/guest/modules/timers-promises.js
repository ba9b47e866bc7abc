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

export const scheduler = { wait: setTimeout };
