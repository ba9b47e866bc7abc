import { callHost, codedError } from '../host.js';
import { format, formatWithOptions } from '../inspect/format.js';
import { inspect } from '../inspect/inspect.js';
import { isDeepEqual } from '../internals/deep-equal.js';
import * as checks from '../internals/type-checks.js';

const customPromisify = Symbol.for('nodejs.util.promisify.custom');

export function promisify(original) {
  if (typeof original !== 'function')
    throw codedError(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "original" argument must be of type function');
  if (original[customPromisify]) return original[customPromisify];
  return function (...values) {
    return new Promise((resolve, reject) => {
      original.call(this, ...values, (error, result) => (error ? reject(error) : resolve(result)));
    });
  };
}
promisify.custom = customPromisify;

export function callbackify(original) {
  return function (...values) {
    const callback = values.pop();
    original.apply(this, values).then(
      (result) => callback(null, result),
      (error) => callback(error),
    );
  };
}

export function inherits(Child, Parent) {
  Object.defineProperty(Child, 'super_', { value: Parent, writable: true, configurable: true });
  Object.setPrototypeOf(Child.prototype, Parent.prototype);
}

export function deprecate(run) {
  return run;
}

export function isDeepStrictEqual(left, right) {
  return isDeepEqual(left, right);
}

export function stripVTControlCharacters(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to remove
  return text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007]*\u0007/g, '');
}

const styles = {
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  inverse: [7, 27],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
  white: [37, 39],
  gray: [90, 39],
  grey: [90, 39],
};

export function styleText(names, text) {
  return [names].flat().reduceRight((inner, name) => {
    const codes = styles[name];
    if (!codes)
      throw codedError(
        TypeError,
        'ERR_INVALID_ARG_VALUE',
        `The argument 'format' must be one of: ${Object.keys(styles).join(', ')}. Received '${name}'`,
      );
    return `\u001b[${codes[0]}m${inner}\u001b[${codes[1]}m`;
  }, text);
}

const tagIs = (name) => (value) => Object.prototype.toString.call(value) === `[object ${name}]`;

export const types = {
  ...Object.fromEntries(Object.entries(checks).filter(([name]) => name.startsWith('is'))),
  isAnyArrayBuffer: (value) => checks.isArrayBuffer(value) || checks.isSharedArrayBuffer(value),
  isArrayBufferView: (value) => ArrayBuffer.isView(value),
  isAsyncFunction: tagIs('AsyncFunction'),
  isBoxedPrimitive: checks.isBoxed,
  isGeneratorFunction: tagIs('GeneratorFunction'),
  isGeneratorObject: tagIs('Generator'),
  isNativeError: checks.isError,
  isProxy: (value) => callHost('isProxy', value) === 1,
  isUint8Array: (value) => value instanceof Uint8Array,
};

export { format, formatWithOptions, inspect };
export const TextEncoder = globalThis.TextEncoder;
export const TextDecoder = globalThis.TextDecoder;
export const isArray = Array.isArray;
export const isError = checks.isError;
export function debuglog() {
  return Object.assign(() => undefined, { enabled: false });
}
export const debug = debuglog;
export function toUSVString(text) {
  return String(text).toWellFormed();
}
