import {
  isArrayBuffer,
  isBoxed,
  isDataView,
  isDate,
  isError,
  isMap,
  isPromise,
  isRegExp,
  isSet,
  isSharedArrayBuffer,
  isTypedArray,
  isWeakMap,
  isWeakSet,
  typedArrayName,
} from '../internals/type-checks.js';
import { errorText } from './error.js';
import { constructorName, functionText, prefixOf, quote } from './names.js';

const isIndex = (name) => /^(0|[1-9]\d*)$/.test(name);
const never = () => false;

/** Determines the kind of a value, and the start and end of its text. `alone` is the whole text if the value has no properties to show. */
export function kindOf(context, value, formatValue) {
  return listKind(value) ?? collectionKind(value) ?? textKind(context, value, formatValue) ?? plainKind(value);
}

function listKind(value) {
  if (Array.isArray(value)) {
    const name = constructorName(value);
    const prefix = name === 'Array' ? '' : prefixOf(value, 'Array', `(${value.length})`);
    return {
      name: 'array',
      braces: [`${prefix}[`, ']'],
      base: '',
      isList: true,
      hides: isIndex,
      alone: value.length === 0 ? `${prefix}[]` : undefined,
    };
  }
  if (isTypedArray(value)) {
    const prefix = prefixOf(value, typedArrayName(value), `(${value.length})`).replace(/\[\w+\] $/, '');
    return {
      name: 'typed-array',
      braces: [`${prefix}[`, ']'],
      base: '',
      isList: true,
      hides: isIndex,
      alone: value.length === 0 ? `${prefix}[]` : undefined,
    };
  }
  return undefined;
}

function collectionKind(value) {
  const braced = (name, prefix, alone) => ({ name, braces: [`${prefix}{`, '}'], base: '', isList: false, hides: never, alone });
  if (isMap(value))
    return braced('map', prefixOf(value, 'Map', `(${value.size})`), value.size === 0 ? `${prefixOf(value, 'Map', '(0)')}{}` : undefined);
  if (isSet(value))
    return braced('set', prefixOf(value, 'Set', `(${value.size})`), value.size === 0 ? `${prefixOf(value, 'Set', '(0)')}{}` : undefined);
  if (isArrayBuffer(value) || isSharedArrayBuffer(value))
    return braced('array-buffer', prefixOf(value, 'ArrayBuffer').replace(/\[\w+\] $/, ''));
  if (isDataView(value)) return braced('data-view', prefixOf(value, 'DataView').replace(/\[\w+\] $/, ''));
  if (isPromise(value)) return braced('promise', prefixOf(value, 'Promise'));
  if (isWeakMap(value) || isWeakSet(value)) return braced('weak', prefixOf(value, 'WeakMap'));
  return undefined;
}

function textKind(context, value, formatValue) {
  const text = (name, base, hides = never) => ({ name, braces: ['{', '}'], base, isList: false, hides, alone: undefined });
  if (typeof value === 'function') return text('function', functionText(value));
  if (isError(value))
    return text(
      'error',
      errorText(context, value, formatValue),
      (name) => ['stack', 'message'].includes(name) || (name === 'name' && String(value.stack).includes(value.name)),
    );
  if (isRegExp(value)) return text('regexp', RegExp.prototype.toString.call(value));
  if (isDate(value))
    return text('date', Number.isNaN(Date.prototype.getTime.call(value)) ? 'Invalid Date' : Date.prototype.toISOString.call(value));
  if (isBoxed(value)) return boxedKind(value, text);
  return undefined;
}

function boxedKind(value, text) {
  const primitive = value.valueOf();
  const name = typeof primitive;
  const plain = name === 'bigint' ? `${primitive}n` : String(primitive);
  const shown = name === 'string' ? quote(primitive) : plain;
  return text(
    'boxed',
    `[${name[0].toUpperCase()}${name.slice(1).replace('igint', 'igInt')}: ${shown}]`,
    name === 'string' ? isIndex : never,
  );
}

function plainKind(value) {
  const isArguments = Object.prototype.toString.call(value) === '[object Arguments]' && Object.hasOwn(value, 'length');
  if (isArguments)
    return { name: 'object', braces: ['[Arguments] {', '}'], base: '', isList: false, hides: never, alone: '[Arguments] {}' };
  const isModule = value[Symbol.toStringTag] === 'Module' && Object.getPrototypeOf(value) === null;
  const prefix = isModule ? '[Module: null prototype] ' : prefixOf(value, 'Object');
  const shown = prefix === 'Object ' ? '' : prefix;
  return { name: 'object', braces: [`${shown}{`, '}'], base: '', isList: false, hides: never, alone: `${shown}{}` };
}
