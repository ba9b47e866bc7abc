import './without-atomics.js';
import library from 'node-inspect-extracted';
import { callHost } from '../host.js';

delete globalThis.Atomics;

export const { inspect, format, formatWithOptions, stripVTControlCharacters } = library;
export const customInspect = inspect.custom;

const promiseStates = ['<pending>', '<fulfilled>', '<rejected>'];

// The library cannot see the state of a promise.
Object.defineProperty(Promise.prototype, customInspect, {
  value() {
    return `Promise { ${promiseStates[callHost('promiseState', this)]} }`;
  },
  configurable: true,
  writable: true,
});
