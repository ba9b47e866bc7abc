import { callHost } from 'sandpod:host';
import { formatValue } from 'sandpod:inspect';
import { errorText } from 'sandpod:inspect-error';
import { constructorName, functionText, prefixOf, quote } from 'sandpod:inspect-names';

const TypedArray = Object.getPrototypeOf(Uint8Array);
const typedArrayName = Object.getOwnPropertyDescriptor(TypedArray.prototype, Symbol.toStringTag).get;
const isIndex = (name) => /^(0|[1-9]\d*)$/.test(name);
const never = () => false;

const isBrand =
  (method, ...values) =>
  (value) => {
    try {
      Reflect.apply(method, value, values);
      return true;
    } catch {
      return false;
    }
  };
const getter = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).get;

export const isMap = isBrand(getter(Map.prototype, 'size'));
export const isSet = isBrand(getter(Set.prototype, 'size'));
export const isDate = isBrand(Date.prototype.getTime);
export const isArrayBuffer = isBrand(getter(ArrayBuffer.prototype, 'byteLength'));
export const isSharedArrayBuffer = isBrand(getter(SharedArrayBuffer.prototype, 'byteLength'));
export const isDataView = isBrand(getter(DataView.prototype, 'byteLength'));
export const isWeakMap = isBrand(WeakMap.prototype.has, {});
export const isWeakSet = isBrand(WeakSet.prototype.has, {});
export const isTypedArray = (value) => ArrayBuffer.isView(value) && Reflect.apply(typedArrayName, value, []) !== undefined;
export const isRegExp = (value) => isBrand(getter(RegExp.prototype, 'source'))(value) && value !== RegExp.prototype;
export const isPromise = (value) => value instanceof Promise;
export const isError = (value) => value instanceof Error || Error.isError?.(value) === true;
export const isBoxed = (value) =>
  value instanceof Number || value instanceof String || value instanceof Boolean || value instanceof Symbol || value instanceof BigInt;

/** What a value is, and how it begins and ends. `alone`: the text when it has no properties to show. */
export function kindOf(context, value) {
  return listKind(value) ?? collectionKind(value) ?? textKind(context, value) ?? plainKind(value);
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
    const prefix = prefixOf(value, Reflect.apply(typedArrayName, value, []), `(${value.length})`).replace(/\[\w+\] $/, '');
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

function textKind(context, value) {
  const text = (name, base, hides = never) => ({ name, braces: ['{', '}'], base, isList: false, hides, alone: undefined });
  if (typeof value === 'function') return text('function', functionText(value));
  if (isError(value))
    return text(
      'error',
      errorText(context, value),
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

/** The entries that are not properties: items of lists, maps and sets, bytes of buffers. */
export function entriesOf(context, { value, kind, level }) {
  const show = (item) => {
    context.indentation += 2;
    const text = formatValue(context, item, level);
    context.indentation -= 2;
    return text;
  };
  if (kind.name === 'array') return arrayEntries(context, value, show);
  if (kind.name === 'typed-array') return limited(context, [...value], (item) => formatValue(context, item, level));
  if (kind.name === 'map')
    return limited(context, [...Map.prototype.entries.call(value)], ([key, item]) => `${show(key)} => ${show(item)}`);
  if (kind.name === 'set') return limited(context, [...Set.prototype.values.call(value)], show);
  if (kind.name === 'array-buffer') return bufferEntries(context, value);
  if (kind.name === 'data-view')
    return [`[byteLength]: ${value.byteLength}`, `[byteOffset]: ${value.byteOffset}`, `[buffer]: ${show(value.buffer)}`];
  if (kind.name === 'promise') return [['<pending>', '<fulfilled>', '<rejected>'][callHost('promiseState', value)] ?? '<unknown>'];
  return kind.name === 'weak' ? ['<items unknown>'] : [];
}

function moreText(count) {
  return `... ${count} more item${count > 1 ? 's' : ''}`;
}

function limited(context, items, show) {
  const shown = items.slice(0, context.maxArrayLength).map((item) => show(item));
  return items.length > shown.length ? [...shown, moreText(items.length - shown.length)] : shown;
}

function arrayEntries(context, value, show) {
  const entries = [];
  let index = 0;
  while (index < value.length && entries.length < context.maxArrayLength) {
    if (Object.hasOwn(value, index)) {
      entries.push(show(value[index]));
      index += 1;
      continue;
    }
    const start = index;
    while (index < value.length && !Object.hasOwn(value, index)) index += 1;
    entries.push(`<${index - start} empty item${index - start > 1 ? 's' : ''}>`);
  }
  if (index < value.length) entries.push(moreText(value.length - index));
  return entries;
}

function bufferEntries(context, value) {
  const bytes = new Uint8Array(value);
  const shown = Array.from(bytes.subarray(0, Math.min(50, context.maxArrayLength)), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const more = bytes.length > 50 ? ` ... ${bytes.length - 50} more byte${bytes.length > 51 ? 's' : ''}` : '';
  return [`[Uint8Contents]: <${shown}${more}>`, `[byteLength]: ${bytes.length}`];
}
