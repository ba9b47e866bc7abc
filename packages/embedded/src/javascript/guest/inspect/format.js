import { inspect } from './inspect.js';

function jsonText(value) {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof TypeError && /circular/i.test(error.message)) return '[Circular]';
    throw error;
  }
}

function numberText(value, convert) {
  if (typeof value === 'bigint') return `${value}n`;
  return typeof value === 'symbol' ? 'NaN' : formatNumber(convert(value));
}

function formatNumber(value) {
  return Object.is(value, -0) ? '-0' : String(value);
}

function stringText(value, options) {
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'bigint') return `${value}n`;
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return String(value);
  const hasOwnText =
    typeof value.toString === 'function' &&
    value.toString !== Object.prototype.toString &&
    value.toString !== Array.prototype.toString &&
    value.toString !== Error.prototype.toString;
  return hasOwnText && !(value instanceof Error) && !(value instanceof Date)
    ? String(value)
    : inspect(value, { ...options, depth: 0, compact: 3 });
}

function directiveText(letter, value, options) {
  if (letter === 's') return stringText(value, options);
  if (letter === 'd') return numberText(value, Number);
  if (letter === 'i') return numberText(value, (item) => Number.parseInt(item, 10));
  if (letter === 'f') return typeof value === 'symbol' ? 'NaN' : formatNumber(Number.parseFloat(value));
  if (letter === 'j') return String(jsonText(value));
  if (letter === 'o') return inspect(value, { ...options, showHidden: true, depth: 4 });
  return letter === 'O' ? inspect(value, options) : '';
}

/** Formats plain values, the common case, without any layout. */
function plainText(value, options) {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? formatNumber(value) : inspect(value, options);
}

export function formatWithOptions(options, ...values) {
  if (typeof values[0] !== 'string' || !values[0].includes('%')) return values.map((value) => plainText(value, options)).join(' ');
  if (values.length === 1) return values[0];
  let used = 1;
  const text = values[0].replace(/%[sdifjoOc%]/g, (directive) => {
    if (directive === '%%') return '%';
    if (used >= values.length) return directive;
    used += 1;
    return directiveText(directive[1], values[used - 1], options);
  });
  const rest = values.slice(used).map((value) => plainText(value, options));
  return [text, ...rest].join(' ');
}

export function format(...values) {
  return formatWithOptions({}, ...values);
}
