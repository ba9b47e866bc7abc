import { callHost } from '../host.js';
import { formatWithOptions, inspect } from '../inspect/inspect.js';
import { tableText } from '../internals/console-table.js';

const counts = new Map();
const starts = new Map();
const now = performance.now.bind(performance);
let indentation = '';

function print(stream, text) {
  callHost('write', stream, indentation === '' ? `${text}\n` : `${indentation}${text.replaceAll('\n', `\n${indentation}`)}\n`);
}

function elapsedText(milliseconds) {
  if (milliseconds >= 60_000)
    return `${Math.floor(milliseconds / 60_000)}:${((milliseconds % 60_000) / 1000).toFixed(3).padStart(6, '0')} (m:ss.mmm)`;
  return milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(3)}s` : `${Number(milliseconds.toFixed(3))}ms`;
}

const log = (...values) => print(1, formatWithOptions({}, ...values));
const warn = (...values) => print(2, formatWithOptions({}, ...values));

function timePassed(label, values) {
  const start = starts.get(label);
  if (start === undefined) warn(`Warning: No such label '${label}' for console.time()`);
  else log(`${label}: ${elapsedText(now() - start)}`, ...values);
}

export const console = {
  log,
  info: (...values) => log(...values),
  debug: (...values) => log(...values),
  warn,
  error: (...values) => warn(...values),
  dir: (value, options) => print(1, inspect(value, { customInspect: false, ...options })),
  dirxml: (...values) => log(...values),
  table: (rows, columns) => (rows === null || typeof rows !== 'object' ? log(rows) : print(1, tableText(rows, columns))),
  trace: (...values) => {
    const error = new Error(formatWithOptions({}, ...values));
    error.name = 'Trace';
    print(2, error.stack.replace(/^Error/, 'Trace'));
  },
  assert: (condition, ...values) => {
    if (condition) return;
    if (typeof values[0] === 'string') values[0] = `Assertion failed: ${values[0]}`;
    else values.unshift('Assertion failed');
    warn(...values);
  },
  count: (label = 'default') => {
    counts.set(`${label}`, (counts.get(`${label}`) ?? 0) + 1);
    log(`${label}: ${counts.get(`${label}`)}`);
  },
  countReset: (label = 'default') => counts.delete(`${label}`),
  time: (label = 'default') => starts.set(`${label}`, now()) && undefined,
  timeLog: (label = 'default', ...values) => timePassed(`${label}`, values),
  timeEnd: (label = 'default') => {
    timePassed(`${label}`, []);
    starts.delete(`${label}`);
  },
  group: (...values) => {
    if (values.length > 0) log(...values);
    indentation += '  ';
  },
  groupEnd: () => {
    indentation = indentation.slice(2);
  },
  clear: () => undefined,
};
console.groupCollapsed = console.group;
for (const [name, method] of Object.entries(console)) Object.defineProperty(method, 'name', { value: name });
Object.defineProperty(console, Symbol.toStringTag, { value: 'console', configurable: true });
