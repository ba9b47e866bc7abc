import { codedError } from '../host.js';
import { format, formatWithOptions, inspect, stripVTControlCharacters } from '../inspect/inspect.js';
import { isDeepStrictEqual } from '../internals/deep-equal.js';
import { isError } from '../internals/type-checks.js';
import { types } from '../internals/types.js';

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

/** Without a terminal, Node adds no styles, unless the program says so. */
export function styleText(names, text, { validateStream = true, stream } = {}) {
  return [names].flat().reduceRight((inner, name) => {
    const codes = styles[name];
    if (!codes)
      throw codedError(
        TypeError,
        'ERR_INVALID_ARG_VALUE',
        `The argument 'format' must be one of: ${Object.keys(styles).join(', ')}. Received '${name}'`,
      );
    return validateStream && !stream?.isTTY ? inner : `\u001b[${codes[0]}m${inner}\u001b[${codes[1]}m`;
  }, text);
}

export { format, formatWithOptions, inspect, isDeepStrictEqual, stripVTControlCharacters, types };
export const TextEncoder = globalThis.TextEncoder;
export const TextDecoder = globalThis.TextDecoder;
export const isArray = Array.isArray;
export { isError };
export function debuglog() {
  return Object.assign(() => undefined, { enabled: false });
}
export const debug = debuglog;
export function toUSVString(text) {
  return String(text).toWellFormed();
}
