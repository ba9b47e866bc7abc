import { performance, startClock } from '../globals/performance.js';
import { callHost, callHostForJson, codedError } from '../host.js';
import { EventEmitter } from './events.js';
import { resolve } from './path.js';

const now = Date.now;
const nextTicks = [];

/** Set by `startProcess` at the start of every run. */
const state = { cwd: '/', startedMs: 0, memoryBytes: 0, exitCode: undefined, isExiting: false };

class Process extends EventEmitter {
  title = 'node';
  pid = 2;
  ppid = 1;
  platform = 'linux';
  arch = 'wasm32';
  argv0 = 'node';
  argv = [];
  execArgv = [];
  execPath = '/usr/bin/node';
  env = {};
  version = 'v0-sandpod';
  versions = {};
  release = { name: 'sandpod' };
  features = {};
  config = {};

  get exitCode() {
    return state.exitCode;
  }

  set exitCode(code) {
    state.exitCode = code === undefined || code === null ? undefined : checkExitCode(code);
  }

  cwd() {
    return state.cwd;
  }

  chdir(directory) {
    const target = resolve(String(directory));
    callHost('checkDirectory', target);
    state.cwd = target;
  }

  exit(code) {
    if (code !== undefined && code !== null) state.exitCode = checkExitCode(code);
    emitExit();
    leave();
  }

  abort() {
    state.exitCode = 134;
    leave();
  }

  nextTick(callback, ...values) {
    if (typeof callback !== 'function') throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "callback" argument must be a function');
    nextTicks.push({ callback, values });
  }

  hrtime(previous) {
    const milliseconds = performance.now();
    let seconds = Math.floor(milliseconds / 1000);
    let nanoseconds = Math.floor((milliseconds % 1000) * 1e6);
    if (previous) {
      seconds -= previous[0];
      nanoseconds -= previous[1];
      if (nanoseconds < 0) {
        seconds -= 1;
        nanoseconds += 1e9;
      }
    }
    return [seconds, nanoseconds];
  }

  uptime() {
    return (now() - state.startedMs) / 1000;
  }

  memoryUsage() {
    const used = callHostForJson('memoryUsage');
    return { rss: used.total, heapTotal: used.total, heapUsed: used.used, external: 0, arrayBuffers: 0 };
  }

  cpuUsage() {
    return { user: Math.round(performance.now() * 1000), system: 0 };
  }

  emitWarning(warning) {
    const text = warning instanceof Error ? `${warning.name}: ${warning.message}` : `Warning: ${warning}`;
    callHost('write', 2, `(node) ${text}\n`);
  }

  umask() {
    return 0o022;
  }

  getuid() {
    return 1000;
  }

  getgid() {
    return 1000;
  }

  kill() {
    throw codedError(Error, 'ERR_SANDBOX', 'process.kill is not available: the sandbox has no other processes');
  }
}
Process.prototype.hrtime.bigint = () => BigInt(Math.round(performance.now() * 1e6));

export const process = new Process();
Object.defineProperty(Process.prototype, Symbol.toStringTag, { value: 'process', configurable: true });

function checkExitCode(code) {
  const value = typeof code === 'string' && code.trim() !== '' ? Number(code) : code;
  if (!Number.isInteger(value))
    throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "code" argument must be an integer. Received ${String(code)}`);
  return value & 0xff;
}

function emitExit() {
  if (state.isExiting) return;
  state.isExiting = true;
  process.emit('exit', state.exitCode ?? 0);
}

/** Ends the program at once. When the engine next reads the clock, the host unwinds the engine. */
function leave() {
  callHost('exit', state.exitCode ?? 0);
  now();
}

/** Ends the program after an uncaught error. */
export function exitAfterError(code) {
  state.exitCode = code;
  process.exit();
}

/** Ends the program normally, when nothing is left to do. Returns the exit code. */
export function finish(defaultCode) {
  if (state.exitCode === undefined && defaultCode !== 0) state.exitCode = defaultCode;
  emitExit();
  return state.exitCode ?? 0;
}

export function hasTicks() {
  return nextTicks.length > 0;
}

export function takeTick() {
  return nextTicks.shift();
}

export function startProcess(settings) {
  startClock();
  state.cwd = settings.cwd;
  state.startedMs = now();
  state.memoryBytes = settings.memoryBytes;
  process.argv = settings.argv;
  process.argv0 = settings.name;
  process.env = makeEnvironment(settings.env);
  process.versions = settings.versions;
  process.version = settings.version;
}

/** Creates `process.env`. As in Node, every value becomes a string. */
function makeEnvironment(env) {
  return new Proxy(Object.assign({}, env), {
    set(target, name, value) {
      target[name] = String(value);
      return true;
    },
    defineProperty(target, name, descriptor) {
      return Reflect.defineProperty(target, name, 'value' in descriptor ? { ...descriptor, value: String(descriptor.value) } : descriptor);
    },
  });
}
