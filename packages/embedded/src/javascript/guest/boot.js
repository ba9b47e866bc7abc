// Loaded once. The engine's memory is then saved, and copied for every run.
import './program/stack-trace.js';
import './globals/date-text.js';
import './globals/random.js';
import * as eventTarget from './globals/event-target.js';
import { intl } from './globals/intl.js';
import { queueMicrotask } from './globals/microtasks.js';
import { performance } from './globals/performance.js';
import { parseArgs } from './internals/parse-args.js';
import { assert, strictAssert } from './modules/assert.js';
import * as buffer from './modules/buffer.js';
import { console } from './modules/console.js';
import * as crypto from './modules/crypto.js';
import { EventEmitter } from './modules/events.js';
import { fs } from './modules/fs.js';
import * as os from './modules/os.js';
import * as path from './modules/path.js';
import { finish, process, startProcess } from './modules/process.js';
import * as querystring from './modules/querystring.js';
import * as readline from './modules/readline.js';
import * as stream from './modules/stream.js';
import { StringDecoder } from './modules/string-decoder.js';
import * as timers from './modules/timers.js';
import * as timersPromises from './modules/timers-promises.js';
import * as url from './modules/url.js';
import * as util from './modules/util.js';
import { builtins, Module } from './program/commonjs.js';
import { drainTicks, startMain, step } from './program/main.js';
import { fetch, refusedClasses } from './program/refused.js';
import { addRefusedFunctions } from './program/refused-functions.js';
import { openStandardStreams } from './program/standard-streams.js';
import { reportRejection } from './program/uncaught.js';

const pathModule = { ...path };
pathModule.posix = pathModule;
const { takeDue, waitingTime, ...timerFunctions } = timers;
const { promises: readlinePromises, ...readlineFunctions } = readline;

Object.assign(builtins, {
  assert,
  'assert/strict': strictAssert,
  buffer: { ...buffer, atob, btoa },
  console,
  constants: { ...fs.constants },
  crypto: { ...crypto },
  events: EventEmitter,
  fs,
  'fs/promises': fs.promises,
  module: Module,
  os: { ...os },
  path: pathModule,
  'path/posix': pathModule,
  perf_hooks: { performance },
  process,
  querystring: { ...querystring },
  readline: { ...readlineFunctions, promises: readlinePromises },
  'readline/promises': readlinePromises,
  stream: stream.streams,
  'stream/consumers': stream.consumers,
  'stream/promises': stream.promises,
  string_decoder: { StringDecoder },
  timers: { ...timerFunctions, promises: { ...timersPromises } },
  'timers/promises': { ...timersPromises },
  url: { ...url },
  util: { ...util, parseArgs },
  'util/types': util.types,
});
addRefusedFunctions(builtins, { performance, subtle: crypto.subtle });

const globals = {
  AbortController: eventTarget.AbortController,
  AbortSignal: eventTarget.AbortSignal,
  Buffer: buffer.Buffer,
  CustomEvent: eventTarget.CustomEvent,
  Event: eventTarget.Event,
  EventTarget: eventTarget.EventTarget,
  Intl: intl,
  ...refusedClasses,
  clearImmediate: timers.clearImmediate,
  clearInterval: timers.clearInterval,
  clearTimeout: timers.clearTimeout,
  console,
  crypto: crypto.webcrypto,
  fetch,
  global: globalThis,
  performance,
  process,
  queueMicrotask,
  setImmediate: timers.setImmediate,
  setInterval: timers.setInterval,
  setTimeout: timers.setTimeout,
};
for (const [name, value] of Object.entries(globals)) {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}

const start = (settingsText, source) => {
  const settings = JSON.parse(settingsText);
  startProcess(settings);
  openStandardStreams();
  startMain(settings, source);
};
const keysOf = (value) =>
  value === process ? [...Object.keys(value), ...Object.getOwnPropertyNames(Object.getPrototypeOf(value))] : Object.keys(value);
const names = () => JSON.stringify(Object.fromEntries(Object.entries(builtins).map(([name, value]) => [name, keysOf(value)])));

// The host reads this property and deletes it before the program starts.
Object.defineProperty(globalThis, '__sandpod', {
  value: { start, drainTicks, step, finish, reportRejection, names },
  configurable: true,
  enumerable: false,
});

// The sources that the host generates for `import` use these.
export { builtinNamed, requireFile } from './program/commonjs.js';
