// Loaded once; the engine's memory is then kept and copied for every run.
import 'sandpod:stack-trace';
import 'sandpod:random';
import { assert, strictAssert } from 'sandpod:assert';
import * as buffer from 'sandpod:buffer';
import { console } from 'sandpod:console';
import * as crypto from 'sandpod:crypto';
import * as eventTarget from 'sandpod:event-target';
import { EventEmitter } from 'sandpod:events';
import { fs } from 'sandpod:fs';
import { drainTicks, startMain, step } from 'sandpod:main';
import { queueMicrotask } from 'sandpod:microtasks';
import { builtins, Module } from 'sandpod:modules';
import { NumberFormat } from 'sandpod:number-format';
import * as os from 'sandpod:os';
import { parseArgs } from 'sandpod:parse-args';
import * as path from 'sandpod:path';
import { finish, process, startProcess } from 'sandpod:process';
import * as readline from 'sandpod:readline';
import { EventSource, fetch, WebSocket, XMLHttpRequest } from 'sandpod:refused';
import { openStandardStreams } from 'sandpod:standard-streams';
import { StringDecoder } from 'sandpod:string-decoder';
import * as timers from 'sandpod:timers';
import * as timersPromises from 'sandpod:timers-promises';
import { reportRejection } from 'sandpod:uncaught';
import * as url from 'sandpod:url';
import * as util from 'sandpod:util';

path.useDirectory(() => process.cwd());
const { useDirectory, ...pathFunctions } = path;
const pathModule = { ...pathFunctions };
pathModule.posix = pathModule;
const { takeDue, waitingTime, ...timerFunctions } = timers;
const { querystring, ...urlFunctions } = url;
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
  querystring,
  readline: { ...readlineFunctions, promises: readlinePromises },
  'readline/promises': readlinePromises,
  string_decoder: { StringDecoder },
  timers: { ...timerFunctions, promises: { ...timersPromises } },
  'timers/promises': { ...timersPromises },
  url: urlFunctions,
  util: { ...util, parseArgs },
  'util/types': util.types,
});

const globals = {
  AbortController: eventTarget.AbortController,
  AbortSignal: eventTarget.AbortSignal,
  Buffer: buffer.Buffer,
  CustomEvent: eventTarget.CustomEvent,
  Event: eventTarget.Event,
  EventSource,
  EventTarget: eventTarget.EventTarget,
  Intl: { NumberFormat },
  WebSocket,
  XMLHttpRequest,
  clearImmediate: timers.clearImmediate,
  clearInterval: timers.clearInterval,
  clearTimeout: timers.clearTimeout,
  console,
  crypto: crypto.webcrypto,
  fetch,
  global: globalThis,
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

// The host takes these and removes the property before the program starts.
Object.defineProperty(globalThis, '__sandpod', {
  value: { start, drainTicks, step, finish, reportRejection, names },
  configurable: true,
  enumerable: false,
});
