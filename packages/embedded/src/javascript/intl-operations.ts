import type { Operations } from './guest-run.ts';

/** The methods that the guest may call, for each type of `Intl`. */
const METHODS: Readonly<Record<string, readonly string[]>> = {
  Collator: ['compare', 'resolvedOptions'],
  DateTimeFormat: ['format', 'formatToParts', 'formatRange', 'formatRangeToParts', 'resolvedOptions'],
  DisplayNames: ['of', 'resolvedOptions'],
  DurationFormat: ['format', 'formatToParts', 'resolvedOptions'],
  ListFormat: ['format', 'formatToParts', 'resolvedOptions'],
  NumberFormat: ['format', 'formatToParts', 'formatRange', 'formatRangeToParts', 'resolvedOptions'],
  PluralRules: ['select', 'selectRange', 'resolvedOptions'],
  RelativeTimeFormat: ['format', 'formatToParts', 'resolvedOptions'],
  Segmenter: ['segment', 'resolvedOptions'],
};
const FUNCTIONS: Readonly<Record<string, (values: readonly unknown[]) => unknown>> = {
  getCanonicalLocales: ([locales]) => Intl.getCanonicalLocales(locales as string[]),
  supportedValuesOf: ([key]) => Intl.supportedValuesOf(key as 'currency'),
  supportedLocalesOf: ([locales]) => Intl.NumberFormat.supportedLocalesOf(locales as string[]),
  describeLocale: ([tag, options]) => describeLocale(new Intl.Locale(String(tag), (options ?? {}) as Intl.LocaleOptions)),
  lower: ([text, locales]) => String(text).toLocaleLowerCase(locales as string[]),
  upper: ([text, locales]) => String(text).toLocaleUpperCase(locales as string[]),
};
const LOCALE_PARTS = [
  'baseName',
  'calendar',
  'collation',
  'hourCycle',
  'caseFirst',
  'numberingSystem',
  'numeric',
  'language',
  'script',
  'region',
];
const MAXIMUM_FORMATS = 100;
const DEFAULT_LOCALE = 'en-US';

interface IntlRequest {
  /** A type such as `NumberFormat`, or the name of a function. */
  readonly type: string;
  /** The method to call. Undefined for a function. `new` only checks the options. */
  readonly method?: string;
  readonly locales: unknown;
  readonly options: unknown;
  /** Numbers that JSON cannot represent are encoded as `{ number }` or `{ bigint }`, each with a string. */
  readonly values: readonly unknown[];
}

const formats = new Map<string, object>();

/**
 * Formats values in the same way as Node, with the locale data of the host's engine, because QuickJS has no locale data. The default locale
 * is en-US. The default time zone is UTC.
 */
export const intlOperations: Operations = {
  intl: ({ given }) => {
    try {
      return { json: { value: answer(JSON.parse(given.text(0)) as IntlRequest) } };
    } catch (error) {
      const { name, message } = error instanceof Error ? error : { name: 'Error', message: '' };
      return { json: { error: name, message } };
    }
  },
};

function answer(request: IntlRequest): unknown {
  const values = request.values.map(decode);
  if (request.method === undefined) {
    const run = Object.hasOwn(FUNCTIONS, request.type) ? FUNCTIONS[request.type] : undefined;
    return run?.(values);
  }
  const methods = Object.hasOwn(METHODS, request.type) ? METHODS[request.type] : undefined;
  const format = formatFor(request);
  if (!methods?.includes(request.method)) return undefined;
  const method = format[request.method as keyof typeof format] as (...values: readonly unknown[]) => unknown;
  const result = method.apply(format, values);
  return request.type === 'Segmenter' && request.method === 'segment' ? [...(result as Intl.Segments)] : result;
}

function formatFor({ type, locales, options }: IntlRequest): object {
  const key = JSON.stringify([type, locales, options]);
  const known = formats.get(key);
  if (known) return known;
  const Type = Object.hasOwn(METHODS, type) ? Intl[type as 'NumberFormat'] : undefined;
  if (!Type) throw new TypeError(`Intl.${type} is not available`);
  const zone = type === 'DateTimeFormat' ? { timeZone: 'UTC' } : {};
  const format = new Type((locales ?? DEFAULT_LOCALE) as string, { ...zone, ...Object(options) } as Intl.NumberFormatOptions);
  if (formats.size >= MAXIMUM_FORMATS) formats.clear();
  formats.set(key, format);
  return format;
}

function decode(value: unknown): unknown {
  const { number, bigint } = Object(value) as { readonly number?: unknown; readonly bigint?: unknown };
  if (typeof number === 'string') return Number(number);
  return typeof bigint === 'string' ? BigInt(bigint) : value;
}

function describeLocale(locale: Intl.Locale): object {
  const parts = LOCALE_PARTS.map((name) => [name, locale[name as 'baseName']] as const);
  return {
    ...Object.fromEntries(parts),
    tag: locale.toString(),
    maximal: locale.maximize().toString(),
    minimal: locale.minimize().toString(),
  };
}
