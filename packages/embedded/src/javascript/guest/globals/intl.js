// The engine has no locale data, so the host formats the values, with the same results as Node.
import { callHost } from '../host.js';

const { parse, stringify } = JSON;
const errors = { RangeError, TypeError };

function ask(request) {
  const reply = parse(callHost('intl', stringify(request)));
  if (reply.error !== undefined) throw new (errors[reply.error] ?? Error)(reply.message);
  return reply.value;
}

/** Encodes numbers that JSON cannot represent. */
function encode(value) {
  if (typeof value === 'bigint') return { bigint: String(value) };
  if (typeof value !== 'number') return value;
  return Number.isFinite(value) && !Object.is(value, -0) ? value : { number: Object.is(value, -0) ? '-0' : String(value) };
}

const toNumeric = (value) => (typeof value === 'bigint' ? value : Number(value));
const toTime = (value) => {
  const time = value === undefined ? Date.now() : Number(value);
  if (!Number.isFinite(time)) throw new RangeError('Invalid time value');
  return time;
};
const same = (value) => value;
const toText = (value) => `${value}`;
const toTexts = (values) => [...values];

function call(type, { method, settings, values = [] }) {
  return ask({ type, method, ...settings, values: values.map(encode) });
}

/** Creates a class of `Intl`. `convert` prepares the arguments of all `methods`. `bound` is the method that is bound to its object. */
function intlClass(type, { convert, methods = [], bound }) {
  const settingsOf = new WeakMap();
  const Type = {
    [type]: function (locales, options) {
      if (!new.target) return new Type(locales, options);
      const settings = { locales: plainLocales(locales), options: plainOptions(options) };
      call(type, { method: 'new', settings });
      settingsOf.set(this, settings);
      return undefined;
    },
  }[type];
  const run = (self, method, values) => {
    const settings = settingsOf.get(self);
    if (!settings) throw new TypeError(`Method Intl.${type}.prototype.${method} called on incompatible receiver ${String(self)}`);
    return call(type, { method, settings, values });
  };
  const define = (name, descriptor) => Object.defineProperty(Type.prototype, name, { configurable: true, ...descriptor });
  for (const name of methods) {
    define(name, {
      writable: true,
      value: {
        [name](...values) {
          return run(this, name, values.map(convert));
        },
      }[name],
    });
  }
  if (bound) {
    define(bound, {
      get() {
        const minimum = bound === 'compare' ? 2 : 1;
        return (...values) => run(this, bound, [...values, ...Array(Math.max(0, minimum - values.length))].slice(0, minimum).map(convert));
      },
    });
  }
  define('resolvedOptions', {
    writable: true,
    value: function resolvedOptions() {
      return run(this, 'resolvedOptions', []);
    },
  });
  define(Symbol.toStringTag, { value: `Intl.${type}` });
  Type.supportedLocalesOf = (locales) => ask({ type: 'supportedLocalesOf', values: [plainLocales(locales) ?? []] });
  return Type;
}

function plainLocales(locales) {
  if (locales === undefined) return undefined;
  if (locales === null) throw new TypeError('Cannot convert undefined or null to object');
  return typeof locales === 'string' ? locales : [locales].flat().map(String);
}

function plainOptions(options) {
  if (options === null) throw new TypeError('Cannot convert undefined or null to object');
  return options === undefined ? undefined : { ...options };
}

const parts = ['formatToParts', 'formatRange', 'formatRangeToParts'];
const NumberFormat = intlClass('NumberFormat', { convert: toNumeric, methods: parts, bound: 'format' });
const DateTimeFormat = intlClass('DateTimeFormat', { convert: toTime, methods: parts, bound: 'format' });
const Collator = intlClass('Collator', { convert: toText, bound: 'compare' });
const PluralRules = intlClass('PluralRules', { convert: Number, methods: ['select', 'selectRange'] });
const ListFormat = intlClass('ListFormat', { convert: toTexts, methods: ['format', 'formatToParts'] });
const DisplayNames = intlClass('DisplayNames', { convert: toText, methods: ['of'] });
const RelativeTimeFormat = intlClass('RelativeTimeFormat', { convert: same, methods: ['format', 'formatToParts'] });
const DurationFormat = intlClass('DurationFormat', { convert: same, methods: ['format', 'formatToParts'] });
const Segmenter = intlClass('Segmenter', { convert: toText, methods: ['segment'] });

const plainSegment = Segmenter.prototype.segment;
Segmenter.prototype.segment = function segment(text) {
  const segments = plainSegment.call(this, text);
  return {
    [Symbol.iterator]: () => segments[Symbol.iterator](),
    containing: (index = 0) => segments.find((each) => each.index <= index && index < each.index + each.segment.length),
  };
};

class Locale {
  #parts;

  constructor(tag, options) {
    if (typeof tag !== 'string' && typeof tag !== 'object')
      throw new TypeError("First argument to Intl.Locale constructor can't be empty or missing");
    this.#parts = ask({ type: 'describeLocale', values: [String(tag), plainOptions(options)] });
    for (const [name, value] of Object.entries(this.#parts)) {
      if (!['tag', 'maximal', 'minimal'].includes(name)) Object.defineProperty(this, name, { value, enumerable: false });
    }
  }

  maximize() {
    return new Locale(this.#parts.maximal);
  }

  minimize() {
    return new Locale(this.#parts.minimal);
  }

  toString() {
    return this.#parts.tag;
  }
}

export const intl = {
  Collator,
  DateTimeFormat,
  DisplayNames,
  DurationFormat,
  ListFormat,
  Locale,
  NumberFormat,
  PluralRules,
  RelativeTimeFormat,
  Segmenter,
  getCanonicalLocales: (locales) => ask({ type: 'getCanonicalLocales', values: [plainLocales(locales) ?? []] }),
  supportedValuesOf: (key) => ask({ type: 'supportedValuesOf', values: [String(key)] }),
};
for (const name of Object.keys(intl)) Object.defineProperty(intl, name, { enumerable: false });
Object.defineProperty(intl, Symbol.toStringTag, { value: 'Intl', configurable: true });

function addMethod(Type, name, value) {
  Object.defineProperty(Type.prototype, name, { value, writable: true, configurable: true });
}
const format = (type, values, { locales, options }) =>
  call(type, {
    method: type === 'Collator' ? 'compare' : 'format',
    settings: { locales: plainLocales(locales), options: plainOptions(options) },
    values,
  });

for (const Type of [Number, BigInt]) {
  addMethod(Type, 'toLocaleString', function (locales, options) {
    return format('NumberFormat', [this.valueOf()], { locales, options });
  });
}

const dateParts = ['weekday', 'year', 'month', 'day', 'dateStyle'];
const timeParts = ['dayPeriod', 'hour', 'minute', 'second', 'fractionalSecondDigits', 'timeStyle'];
const usualDate = { year: 'numeric', month: 'numeric', day: 'numeric' };
const usualTime = { hour: 'numeric', minute: 'numeric', second: 'numeric' };

/** Adds a date method. As in the standard, it uses the `usual` parts if the options contain none of the `counted` parts. */
function addDateMethod(name, counted, usual) {
  addMethod(Date, name, function (locales, options) {
    if (Number.isNaN(this.getTime())) return 'Invalid Date';
    const given = options ?? {};
    const isNamed = counted.some((part) => given[part] !== undefined);
    return format('DateTimeFormat', [this.getTime()], { locales, options: isNamed ? given : { ...given, ...usual } });
  });
}
addDateMethod('toLocaleString', [...dateParts, ...timeParts], { ...usualDate, ...usualTime });
addDateMethod('toLocaleDateString', dateParts, usualDate);
addDateMethod('toLocaleTimeString', timeParts, usualTime);

addMethod(String, 'localeCompare', function localeCompare(other, locales, options) {
  return format('Collator', [String(this), String(other)], { locales, options });
});
addMethod(String, 'toLocaleLowerCase', function toLocaleLowerCase(locales) {
  return ask({ type: 'lower', values: [String(this), plainLocales(locales)] });
});
addMethod(String, 'toLocaleUpperCase', function toLocaleUpperCase(locales) {
  return ask({ type: 'upper', values: [String(this), plainLocales(locales)] });
});
