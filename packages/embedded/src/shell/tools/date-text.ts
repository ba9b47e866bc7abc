import { DAYS, MONTHS } from '../../guest/calendar-names.ts';
import type { TimeZone } from '../../guest/time-zone.ts';

/** The parts of a date as GNU date reads them. */
interface Moment {
  day?: { readonly year: number; readonly month: number; readonly day: number };
  time?: { readonly hour: number; readonly minute: number; readonly second: number };
  zoneMinutes?: number;
  weekday?: { readonly index: number; readonly ordinal: number };
  /** True if the time of day was read directly before this part. */
  isAfterTime?: boolean;
  readonly added: Record<Unit, number>;
}

type Unit = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

const DAY_NAMES = DAYS.map((name) => name.toLowerCase());
const MONTH_NAMES = MONTHS.map((name) => name.toLowerCase());
const UNITS: Readonly<Record<string, readonly [Unit, number]>> = {
  year: ['year', 1],
  month: ['month', 1],
  fortnight: ['day', 14],
  week: ['day', 7],
  day: ['day', 1],
  hour: ['hour', 1],
  minute: ['minute', 1],
  min: ['minute', 1],
  second: ['second', 1],
  sec: ['second', 1],
};
const UNIT = '(year|month|fortnight|week|day|hour|minute|min|second|sec)s?';
const NAMED_DAYS: Readonly<Record<string, number>> = { yesterday: -1, tomorrow: 1, today: 0, now: 0 };
const ORDINALS: Readonly<Record<string, number>> = { last: -1, this: 0, next: 1 };
const DAY_MS = 86_400_000;

/** Returns false if the text is invalid, and undefined if the next pattern must be tried. */
type Reader = (moment: Moment, parts: readonly string[]) => boolean | undefined;

function setDay(moment: Moment, [year, month, day]: readonly number[]): boolean {
  if (moment.day !== undefined || year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  moment.day = { year, month, day };
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function setTime(moment: Moment, [hour = 0, minute = 0, second = 0]: readonly number[]): boolean {
  if (moment.time !== undefined) return false;
  moment.time = { hour, minute, second };
  return hour < 24 && minute < 60 && second < 61;
}

function twelveHours(hour: number, half: string): number {
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half === 'pm' ? 12 : 0);
}

function monthOf(name: string): number {
  return MONTH_NAMES.findIndex((month) => month.startsWith(name.slice(0, 3))) + 1;
}

function add(moment: Moment, amount: number, unit: string): boolean {
  const [kind, factor] = UNITS[unit] ?? ['day', Number.NaN];
  moment.added[kind] += amount * factor;
  return true;
}

const MONTH = `(${MONTH_NAMES.join('|')}|${MONTH_NAMES.map((name) => name.slice(0, 3)).join('|')}|sept)\\.?`;
const DAY = `(${DAY_NAMES.join('|')}|sun|mon|tues?|wed|thu(?:rs?)?|fri|sat)\\.?`;
const CLOCK = '(\\d{1,2}):(\\d{2})(?::(\\d{2}(?:[.,]\\d+)?))?';

/** What a text can begin with, and what it means. The first that matches is taken. */
const READERS: readonly (readonly [pattern: string, read: Reader])[] = [
  ['(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:t(?=\\d))?', (moment, parts) => setDay(moment, parts.map(Number))],
  ['(\\d{4})/(\\d{1,2})/(\\d{1,2})', (moment, parts) => setDay(moment, parts.map(Number))],
  ['(\\d{1,2})/(\\d{1,2})/(\\d{4})', (moment, [month, day, year]) => setDay(moment, [year, month, day].map(Number))],
  ['(\\d{4})(\\d{2})(\\d{2})(?!\\d)', (moment, parts) => setDay(moment, parts.map(Number))],
  [
    `${CLOCK}\\s*([ap])\\.?m\\.?`,
    (moment, [h, m, s, half]) => setTime(moment, [twelveHours(Number(h), `${half}m`), Number(m), Number((s || '0').replace(',', '.'))]),
  ],
  [CLOCK, (moment, [hour, minute, second]) => setTime(moment, [Number(hour), Number(minute), Number((second || '0').replace(',', '.'))])],
  ['(\\d{1,2})\\s*([ap])\\.?m\\.?\\b', (moment, [hour, half]) => setTime(moment, [twelveHours(Number(hour), `${half}m`)])],
  [
    `(\\d{1,2})[- ]${MONTH}[-, ]*(\\d{4})`,
    (moment, [day, month, year]) => setDay(moment, [Number(year), monthOf(month ?? ''), Number(day)]),
  ],
  [`${MONTH} (\\d{1,2}),? (\\d{4})`, (moment, [month, day, year]) => setDay(moment, [Number(year), monthOf(month ?? ''), Number(day)])],
  ['(?:utc|gmt|z)\\b', (moment) => setZone(moment, 0)],
  // Directly after a time of day, a number with a sign is a zone.
  [
    `([+-])\\s*(\\d{1,2})(?=\\s*${UNIT}\\b)`,
    (moment, [sign, hours]) => (moment.isAfterTime ? setZone(moment, Number(hours) * (sign === '-' ? -60 : 60)) : undefined),
  ],
  [`${UNIT}\\b\\s*(ago)?`, (moment, [unit, ago]) => add(moment, ago ? -1 : 1, unit ?? '')],
  [
    `([+-])\\s*(\\d+)\\s*${UNIT}\\b\\s*(ago)?`,
    (moment, [sign, n, unit, ago]) => add(moment, Number(n) * (sign === '-' ? -1 : 1) * (ago ? -1 : 1), unit ?? ''),
  ],
  [`(\\d+)\\s*${UNIT}\\b\\s*(ago)?`, (moment, [n, unit, ago]) => add(moment, Number(n) * (ago ? -1 : 1), unit ?? '')],
  [`(last|this|next)\\s+${UNIT}\\b`, (moment, [ordinal, unit]) => add(moment, ORDINALS[ordinal ?? ''] ?? 0, unit ?? '')],
  [`(?:(last|this|next)\\s+)?${DAY}\\b,?`, (moment, [ordinal, name]) => setWeekday(moment, ordinal, name ?? '')],
  ['(yesterday|tomorrow|today|now)\\b', (moment, [name]) => add(moment, NAMED_DAYS[name ?? ''] ?? 0, 'day')],
  [
    '([+-])(\\d{2}):?(\\d{2})(?!\\d)',
    (moment, [sign, hours, minutes]) =>
      moment.time !== undefined && setZone(moment, (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))),
  ],
];
const COMPILED = READERS.map(([pattern, read]) => [new RegExp(`^(?:${pattern})`), read] as const);

function setWeekday(moment: Moment, ordinal: string | undefined, name: string): boolean {
  if (moment.weekday !== undefined) return false;
  moment.weekday = { index: DAY_NAMES.findIndex((day) => day.startsWith(name.slice(0, 3))), ordinal: ORDINALS[ordinal ?? 'this'] ?? 0 };
  return true;
}

function setZone(moment: Moment, minutes: number): boolean {
  if (moment.zoneMinutes !== undefined) return false;
  moment.zoneMinutes = minutes;
  return true;
}

function readMoment(text: string): Moment | undefined {
  const moment: Moment = { added: { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 } };
  let rest = text.trim().toLowerCase();
  while (rest !== '') {
    const { time } = moment;
    const next = readPart(moment, rest);
    moment.isAfterTime = moment.time !== time;
    if (next === undefined) return undefined;
    rest = next;
  }
  return moment;
}

/** Reads the first part of a text. Returns the rest. */
function readPart(moment: Moment, text: string): string | undefined {
  for (const [pattern, read] of COMPILED) {
    const [whole, ...parts] = pattern.exec(text) ?? [];
    if (whole === undefined) continue;
    const isRead = read(moment, parts);
    if (isRead === undefined) continue;
    return isRead ? text.slice(whole.length).replace(/^[\s,]+/, '') : undefined;
  }
  return undefined;
}

/**
 * Parses the argument of `date -d`. Returns the time in seconds since 1970. Returns undefined if the text is not valid.
 *
 * Times without a zone are local. A text without a time refers to the start of the day, and a text without a day refers to today.
 */
export function readDateText(
  text: string,
  { nowSeconds, zone }: { readonly nowSeconds: number; readonly zone: TimeZone },
): number | undefined {
  const epoch = /^\s*@(-?\d+(?:\.\d+)?)\s*$/.exec(text)?.[1];
  if (epoch !== undefined) return Number(epoch);
  const moment = readMoment(text);
  if (moment === undefined) return undefined;
  const now = new Date((Math.floor(nowSeconds) + zone.offsetAt(nowSeconds)) * 1_000);
  const local = (dayOf(moment, now) + millisecondsOf(moment, now, text)) / 1_000;
  const seconds = moment.zoneMinutes === undefined ? zone.secondsOf(local) : local - moment.zoneMinutes * 60;
  return Number.isFinite(seconds) ? seconds : undefined;
}

function dayOf({ day: given, added, weekday }: Moment, now: Date): number {
  const { year, month, day } = given ?? { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1, day: now.getUTCDate() };
  const date = Date.UTC(year + added.year, month - 1 + added.month, day + added.day);
  return date + (given === undefined ? weekdayShift(date, weekday) : 0) * DAY_MS;
}

/** Returns the milliseconds since the start of the day. */
function millisecondsOf({ day, weekday, time, added }: Moment, now: Date, text: string): number {
  const isStart = day !== undefined || weekday !== undefined || text.trim() === '';
  const current = isStart ? [0, 0, 0] : [now.getUTCHours(), now.getUTCMinutes(), now.getUTCSeconds()];
  const [hour = 0, minute = 0, second = 0] = time === undefined ? current : [time.hour, time.minute, time.second];
  return (((hour + added.hour) * 60 + minute + added.minute) * 60 + second + added.second) * 1_000;
}

function weekdayShift(dateMs: number, weekday: Moment['weekday']): number {
  if (weekday === undefined) return 0;
  const current = new Date(dateMs).getUTCDay();
  const weeks = weekday.ordinal - (weekday.ordinal > 0 && current !== weekday.index ? 1 : 0);
  return ((weekday.index - current + 7) % 7) + 7 * weeks;
}
