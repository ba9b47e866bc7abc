import { entriesOf } from './entries.js';
import { kindOf } from './kinds.js';
import { groupEntries, joinEntries } from './layout.js';
import { constructorName, keyText, quote, tagOf } from './names.js';

export const customInspect = Symbol.for('nodejs.util.inspect.custom');

const defaults = {
  depth: 2,
  compact: 3,
  breakLength: 80,
  maxArrayLength: 100,
  maxStringLength: 10000,
  sorted: false,
  getters: false,
  showHidden: false,
  customInspect: true,
};

/** Formats any value as Node does. */
export function inspect(value, options = {}) {
  const context = {
    ...defaults,
    ...(typeof options === 'object' ? options : {}),
    path: [],
    circular: new Map(),
    indentation: 0,
    deepest: 0,
  };
  context.depth ??= Number.POSITIVE_INFINITY;
  context.maxArrayLength ??= Number.POSITIVE_INFINITY;
  context.maxStringLength ??= Number.POSITIVE_INFINITY;
  return formatValue(context, value, 0);
}
inspect.custom = customInspect;
inspect.defaultOptions = defaults;

function formatValue(context, value, level) {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return formatPrimitive(context, value);
  const custom = context.customInspect ? customText(context, value, level) : undefined;
  if (custom !== undefined) return custom;
  if (context.path.includes(value)) return circularText(context, value);
  return formatObject(context, value, level);
}

function formatPrimitive(context, value) {
  if (typeof value === 'string') {
    const extra = value.length - context.maxStringLength;
    if (extra <= 0) return quote(value);
    return `${quote(value.slice(0, context.maxStringLength))}... ${extra} more character${extra > 1 ? 's' : ''}`;
  }
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  return typeof value === 'bigint' ? `${value}n` : String(value);
}

function customText(context, value, level) {
  const custom = value[customInspect];
  if (typeof custom !== 'function' || custom === inspect) return undefined;
  const options = { ...context, depth: context.depth - level };
  delete options.path;
  const result = custom.call(value, context.depth - level, options, inspect);
  if (result === value) return undefined;
  if (typeof result !== 'object' && typeof result !== 'function')
    return String(result).replaceAll('\n', `\n${' '.repeat(context.indentation)}`);
  return formatValue(context, result, level);
}

function circularText(context, value) {
  if (!context.circular.has(value)) context.circular.set(value, context.circular.size + 1);
  return `[Circular *${context.circular.get(value)}]`;
}

function formatObject(context, value, level) {
  const kind = kindOf(context, value, formatValue);
  const keys = keysOf(context, value, kind);
  if (keys.length === 0 && kind.alone !== undefined) return kind.alone;
  if (level > context.depth) return `[${depthName(value)}]`;
  context.path.push(value);
  context.deepest = level;
  let entries;
  try {
    entries = [
      ...entriesOf(context, { value, kind, level: level + 1, formatValue }),
      ...keys.map((key) => propertyText(context, { value, key, level: level + 1 })),
    ];
  } finally {
    context.path.pop();
  }
  if (context.sorted && !kind.isList) entries.sort();
  return finishObject(context, { value, kind, entries, level });
}

function finishObject(context, { value, kind, entries, level }) {
  const reference = context.circular.get(value);
  const braces = [...kind.braces];
  let base = kind.base;
  if (reference !== undefined) {
    if (base === '') braces[0] = `<ref *${reference}> ${braces[0]}`;
    else base = `<ref *${reference}> ${base}`;
  }
  if (entries.length === 0 && base !== '') return base;
  if (entries.length === 0) return `${braces[0]}${braces[1]}`;
  const grouped = kind.isList && entries.length > 6 && context.compact >= 1 ? groupEntries(context, entries, value) : entries;
  return joinEntries(context, { entries: grouped, base, braces, isGrouped: grouped.length !== entries.length, level });
}

function depthName(value) {
  const name = constructorName(value);
  if (Array.isArray(value)) return 'Array';
  return name === undefined ? 'Object: null prototype' : `${name}${tagOf(value, name) === '' ? '' : ` [${tagOf(value, name)}]`}`;
}

function keysOf(context, value, kind) {
  const names = context.showHidden ? Object.getOwnPropertyNames(value) : Object.keys(value);
  const symbols = Object.getOwnPropertySymbols(value).filter(
    (symbol) => context.showHidden || Object.prototype.propertyIsEnumerable.call(value, symbol),
  );
  return [...names.filter((name) => !kind.hides(name)), ...symbols];
}

function propertyText(context, { value, key, level }) {
  const descriptor = Object.getOwnPropertyDescriptor(value, key) ?? { value: value[key], enumerable: true };
  const name = descriptor.enumerable === false ? `[${typeof key === 'symbol' ? String(key) : key}]` : keyText(key);
  if (descriptor.get) return `${name}: ${descriptor.set ? '[Getter/Setter]' : '[Getter]'}`;
  if (descriptor.set) return `${name}: [Setter]`;
  context.indentation += 2;
  const text = formatValue(context, descriptor.value, level);
  context.indentation -= 2;
  return `${name}: ${text}`;
}
