import { callHost } from '../host.js';
import { inspect } from '../inspect/inspect.js';
import { exitAfterError, process } from '../modules/process.js';

/** Memory that is freed before an uncaught error is reported, so that an out-of-memory error can still be reported. */
const reserve = { bytes: new ArrayBuffer(512 * 1024) };

const placePattern = /\n {4}at (?:.*\()?((?:\/|\[)[^\n]*?):(\d+):(\d+)\)?/;

function isOutOfMemory(error) {
  return error instanceof Error && error.name === 'InternalError' && error.message === 'out of memory';
}

function causeOf(error) {
  if (isOutOfMemory(error)) return 'memory';
  return error?.code === 'ENOSPC' ? 'disk' : '';
}

/** Returns `file:line`, the source line and a mark under the column, as Node prints them. */
function placeText(error) {
  const match = placePattern.exec(typeof error?.stack === 'string' ? error.stack : '');
  if (!match) return '';
  const [, file, line, column] = match;
  const text = callHost('sourceLine', file, Number(line));
  if (text === '') return `${file}:${line}\n`;
  return `${file}:${line}\n${text}\n${' '.repeat(Math.max(0, Math.min(Number(column) - 1, text.length)))}^\n\n`;
}

function describe(error) {
  try {
    if (error instanceof Error) return `${placeText(error)}${inspect(error)}`;
    return `Uncaught:\n${inspect(error)}`;
  } catch {
    return 'Uncaught error';
  }
}

/** Returns the text that is printed where Node prints its version. */
function engineText() {
  return `QuickJS-ng ${process.versions.quickjs}`;
}

function handledByProgram(event, values) {
  if (process.listenerCount(event) === 0) return false;
  process.emit(event, ...values);
  return true;
}

/** Reports an uncaught error and ends the program with exit code 1. */
export function reportUncaught(error) {
  reserve.bytes = undefined;
  callHost('uncaught', causeOf(error));
  if (handledByProgram('uncaughtException', [error, 'uncaughtException'])) return;
  callHost('write', 2, `${describe(error)}\n\n${engineText()}\n`);
  exitAfterError(1);
}

export function reportRejection(reason) {
  if (handledByProgram('unhandledRejection', [reason, undefined])) return;
  if (reason instanceof Error) {
    reportUncaught(reason);
    return;
  }
  reserve.bytes = undefined;
  const text = `This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${inspect(reason)}".`;
  callHost('write', 2, `[UnhandledPromiseRejection: ${text}] {\n  code: 'ERR_UNHANDLED_REJECTION'\n}\n\n${engineText()}\n`);
  exitAfterError(1);
}
