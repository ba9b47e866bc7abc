import { COMPOSED_FORMATS, DAYS, MONTHS } from '../../guest/calendar-names.ts';
import type { TimeZone } from '../../guest/time-zone.ts';

const DAY_MS = 86_400_000;
/** A conversion: flags, a width, colons and a letter. */
const CONVERSION = /%([-_0^#]*)(\d*)(:{0,3})([a-zA-Z%+])/g;
const LONGEST_FIELD = 1_000;

const ALIASES: Readonly<Record<string, string>> = { h: 'b' };

/** A number with its usual width and padding. */
type Field = readonly [value: number, width: number, padding?: ' '];

interface Time {
  /** The local time, as if it were UTC. */
  readonly local: Date;
  readonly seconds: number;
  readonly zone: TimeZone;
}

function yearDay(local: Date): number {
  return Math.floor(
    (Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()) - Date.UTC(local.getUTCFullYear(), 0)) / DAY_MS,
  );
}

/** Returns the year and week of ISO 8601. */
function isoWeek(local: Date): readonly [year: number, week: number] {
  const thursday = new Date(local.getTime() + (3 - ((local.getUTCDay() + 6) % 7)) * DAY_MS);
  return [thursday.getUTCFullYear(), Math.floor(yearDay(thursday) / 7) + 1];
}

function dateField(letter: string, { local }: Time): Field | undefined {
  const year = local.getUTCFullYear();
  const weekday = local.getUTCDay();
  const fields: Readonly<Record<string, () => Field>> = {
    C: () => [Math.floor(year / 100), 2],
    d: () => [local.getUTCDate(), 2],
    e: () => [local.getUTCDate(), 2, ' '],
    g: () => [isoWeek(local)[0] % 100, 2],
    G: () => [isoWeek(local)[0], 4],
    j: () => [yearDay(local) + 1, 3],
    m: () => [local.getUTCMonth() + 1, 2],
    q: () => [Math.floor(local.getUTCMonth() / 3) + 1, 1],
    u: () => [weekday === 0 ? 7 : weekday, 1],
    U: () => [Math.floor((yearDay(local) + 7 - weekday) / 7), 2],
    V: () => [isoWeek(local)[1], 2],
    w: () => [weekday, 1],
    W: () => [Math.floor((yearDay(local) + 7 - ((weekday + 6) % 7)) / 7), 2],
    y: () => [year % 100, 2],
    Y: () => [year, 4],
  };
  return fields[letter]?.();
}

function timeField(letter: string, { local, seconds }: Time): Field | undefined {
  const hour = local.getUTCHours();
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  const fields: Readonly<Record<string, Field>> = {
    H: [hour, 2],
    I: [twelve, 2],
    k: [hour, 2, ' '],
    l: [twelve, 2, ' '],
    M: [local.getUTCMinutes(), 2],
    s: [Math.floor(seconds), 1],
    S: [local.getUTCSeconds(), 2],
  };
  return fields[letter];
}

function nameOf(letter: string, { local, seconds, zone }: Time): string | undefined {
  const day = DAYS[local.getUTCDay()] ?? '';
  const month = MONTHS[local.getUTCMonth()] ?? '';
  const half = local.getUTCHours() < 12 ? 'AM' : 'PM';
  const names: Readonly<Record<string, () => string>> = {
    a: () => day.slice(0, 3),
    A: () => day,
    b: () => month.slice(0, 3),
    B: () => month,
    n: () => '\n',
    p: () => half,
    P: () => half.toLowerCase(),
    t: () => '\t',
    Z: () => zone.nameAt(seconds),
    '%': () => '%',
  };
  return names[letter]?.();
}

/** Formats an offset: `+0100`, `+01:00`, `+01:00:00`, or `+01` with only the parts that are needed. */
function offsetText(offset: number, colons: string): string {
  const sign = offset < 0 ? '-' : '+';
  const [hours, minutes, seconds] = [Math.abs(offset) / 3600, (Math.abs(offset) / 60) % 60, Math.abs(offset) % 60].map((part) =>
    String(Math.floor(part)).padStart(2, '0'),
  );
  if (colons === '') return `${sign}${hours}${minutes}`;
  if (colons === ':') return `${sign}${hours}:${minutes}`;
  if (colons === '::' || seconds !== '00') return `${sign}${hours}:${minutes}:${seconds}`;
  return minutes === '00' ? `${sign}${hours}` : `${sign}${hours}:${minutes}`;
}

interface Conversion {
  readonly flags: string;
  readonly width: number;
}

function padded([value, usual, usualPadding = ' ']: Field, { flags, width }: Conversion, isZero: boolean): string {
  const digits = String(Math.abs(value));
  const sign = value < 0 ? '-' : '';
  if (flags.includes('-')) return sign + digits;
  const isBlank = flags.includes('_') || (!isZero && !flags.includes('0'));
  const size = Math.max(width || usual, 0) - sign.length;
  return isBlank ? (sign + digits).padStart(size, usualPadding) : sign + digits.padStart(size, '0');
}

function convert(
  time: Time,
  conversion: Conversion,
  { colons, letter }: { readonly colons: string; readonly letter: string },
): string | undefined {
  const composed = COMPOSED_FORMATS[letter];
  if (composed !== undefined) return expand(composed, time);
  if (letter === 'N')
    return String(Math.floor((time.seconds - Math.floor(time.seconds)) * 1e9 + 0.5))
      .padStart(9, '0')
      .slice(0, conversion.width || 9);
  if (letter === 'z') return offsetText(time.zone.offsetAt(time.seconds), colons);
  const field = dateField(letter, time) ?? timeField(letter, time);
  if (field !== undefined) return padded(field, conversion, field[2] === undefined);
  const name = nameOf(ALIASES[letter] ?? letter, time);
  if (name === undefined || conversion.flags === '') return name;
  if (conversion.flags.includes('#')) return letter === 'p' ? name.toLowerCase() : name.toUpperCase();
  return conversion.flags.includes('^') ? name.toUpperCase() : name;
}

function expand(format: string, time: Time): string {
  return format.replace(CONVERSION, (...parts: readonly string[]) => {
    const [whole = '', flags = '', width = '', colons = '', letter = ''] = parts;
    if (Number(width) > LONGEST_FIELD) return whole;
    return convert(time, { flags, width: Number(width) }, { colons, letter }) ?? whole;
  });
}

/** Formats a time in the same way as GNU date in the C locale. `seconds` counts from 1970 and can have a fraction. */
export function formatDate(format: string, { seconds, zone }: { readonly seconds: number; readonly zone: TimeZone }): string {
  const local = new Date((Math.floor(seconds) + zone.offsetAt(seconds)) * 1_000);
  return expand(format, { local, seconds, zone });
}
