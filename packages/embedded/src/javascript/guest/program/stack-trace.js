import { translateMessage } from './error-messages.js';
import { columnInFile } from './wrapped-source.js';

// Formats `error.stack` as V8 does, without the frames of the guest modules.
const internal = /^(sandpod|node|require):/;

function frameText(frame) {
  const file = frame.getFileName();
  if (!file || internal.test(file)) return '';
  const line = frame.getLineNumber();
  const place = `${file}:${line}:${columnInFile(file, line, frame.getColumnNumber())}`;
  const name = frame.getFunctionName();
  const isTop = !name || name === '<anonymous>' || name === '<eval>' || name === '<module>';
  return isTop ? `\n    at ${place}` : `\n    at ${name} (${place})`;
}

function headOf(error) {
  try {
    const name = error.name === undefined ? 'Error' : String(error.name);
    const message = error.message === undefined ? '' : String(error.message);
    const code = typeof error.code === 'string' && error.code.startsWith('ERR_') ? `${name} [${error.code}]` : name;
    return message === '' ? code : `${code}: ${message}`;
  } catch {
    return 'Error';
  }
}

function prepareStackTrace(error, frames) {
  translateMessage(error, frames);
  let text = headOf(error);
  for (const frame of frames) text += frameText(frame);
  return text;
}

Error.prepareStackTrace = prepareStackTrace;
Error.stackTraceLimit = 10;
