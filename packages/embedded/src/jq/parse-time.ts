import { COMPOSED_FORMATS, DAYS, MONTHS } from '../guest/calendar-names.ts';
import type { GuestMemory } from '../wasi/guest-memory.ts';
import { readInt32 } from './c-memory.ts';
import { readTime, TM, writeTime } from './calendar.ts';

type Field = keyof typeof TM;
type Fields = Partial<Record<Field | 'century' | 'shortYear' | 'half' | 'epoch', number>>;

interface NumberRule {
  readonly name: keyof Fields;
  readonly digits: number;
  readonly from: number;
  readonly to: number;
  /** The number to add to the parsed number to get the value of the field. */
  readonly shift?: number;
}

const DATE_FIELDS = ['year', 'month', 'day'] as const;
const DAY_SECONDS = 86_400;
/** The first day of 1970 was a Thursday. */
const EPOCH_WEEKDAY = 4;
const day: NumberRule = { name: 'day', digits: 2, from: 1, to: 31 };
const hour: NumberRule = { name: 'hour', digits: 2, from: 0, to: 23 };
const halfHour: NumberRule = { name: 'hour', digits: 2, from: 1, to: 12 };

const NUMBERS: Readonly<Record<string, NumberRule>> = {
  C: { name: 'century', digits: 2, from: 0, to: 99 },
  d: day,
  e: day,
  H: hour,
  k: hour,
  I: halfHour,
  l: halfHour,
  j: { name: 'yearDay', digits: 3, from: 1, to: 366, shift: -1 },
  m: { name: 'month', digits: 2, from: 1, to: 12, shift: -1 },
  M: { name: 'minute', digits: 2, from: 0, to: 59 },
  s: { name: 'epoch', digits: 15, from: 0, to: Number.MAX_SAFE_INTEGER },
  S: { name: 'second', digits: 2, from: 0, to: 61 },
  u: { name: 'weekday', digits: 1, from: 1, to: 7 },
  w: { name: 'weekday', digits: 1, from: 0, to: 6 },
  y: { name: 'shortYear', digits: 2, from: 0, to: 99 },
  Y: { name: 'year', digits: 4, from: 0, to: 9999, shift: -1900 },
};

/** Reads a text according to a format, from left to right. */
class TimeReader {
  readonly fields: Fields = {};
  position = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Returns false if the text does not match the format. */
  read(format: string): boolean {
    for (const [part] of format.matchAll(/%[EO]?[\s\S]|\s+|[\s\S]/g)) {
      if (!this.#part(part)) return false;
    }
    return true;
  }

  #part(part: string): boolean {
    if (/^\s/.test(part)) return this.#take(/\s*/y) !== undefined;
    if (!part.startsWith('%') || part.length === 1) return this.#take(part) !== undefined;
    const letter = part.at(-1) ?? '';
    const shorthand = COMPOSED_FORMATS[letter];
    if (shorthand !== undefined) return this.read(shorthand);
    const rule = NUMBERS[letter];
    return rule === undefined ? this.#special(letter) : this.#number(rule);
  }

  #special(letter: string): boolean {
    if ('aA'.includes(letter)) return this.#name('weekday', DAYS);
    if ('bBh'.includes(letter)) return this.#name('month', MONTHS);
    if (letter === 'p' || letter === 'P') return this.#name('half', ['AM', 'PM']);
    if (letter === 'n' || letter === 't') return this.#take(/\s*/y) !== undefined;
    if (letter === 'Z') return this.#take(/\s*\S*/y) !== undefined;
    return letter === 'z' ? this.#offset() : letter === '%' && this.#take('%') !== undefined;
  }

  #number({ name, digits, from, to, shift = 0 }: NumberRule): boolean {
    const found = this.#take(new RegExp(`[ \\t\\n\\v\\f\\r]*\\d{1,${digits}}`, 'y'));
    const value = Number(found);
    if (found === undefined || value < from || value > to) return false;
    this.fields[name] = name === 'weekday' ? value % 7 : value + shift;
    return true;
  }

  #name(field: keyof Fields, names: readonly string[]): boolean {
    const rest = this.#text.slice(this.position).toLowerCase();
    const index = names.findIndex((name) => rest.startsWith(name.slice(0, 3).toLowerCase()));
    const name = names[index] ?? '';
    if (index < 0) return false;
    this.position += rest.startsWith(name.toLowerCase()) ? name.length : 3;
    this.fields[field] = index;
    return true;
  }

  #offset(): boolean {
    const found = this.#take(/\s*(?:Z|[+-]\d\d(?::?\d\d)?)/y)?.trim();
    if (found === undefined) return false;
    const [, sign, hours = 0, minutes = 0] = /([+-])(\d\d):?(\d\d)?/.exec(found) ?? [];
    this.fields.offset = (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
    return true;
  }

  #take(wanted: RegExp | string): string | undefined {
    const found = typeof wanted === 'string' ? this.#literal(wanted) : this.#match(wanted);
    this.position += found?.length ?? 0;
    return found;
  }

  #literal(wanted: string): string | undefined {
    return this.#text.startsWith(wanted, this.position) ? wanted : undefined;
  }

  #match(wanted: RegExp): string | undefined {
    wanted.lastIndex = this.position;
    return wanted.exec(this.#text)?.[0];
  }
}

/** Combines the fields that describe a part of the year or hour. */
function combined({ century, shortYear, half, epoch: _, ...fields }: Fields): Partial<Record<Field, number>> {
  const result = { ...fields };
  if (shortYear !== undefined && century === undefined) result.year = shortYear < 69 ? shortYear + 100 : shortYear;
  else if (century !== undefined) result.year = century * 100 - 1900 + (shortYear ?? 0);
  if (half !== undefined && result.hour !== undefined) result.hour = (result.hour % 12) + half * 12;
  return result;
}

/**
 * Reads a date and time in the same way as GNU `strptime`, and writes the fields that the format mentions. As in GNU, the offset for `%z`
 * changes no other field. Returns the position after the last character, or undefined if the text does not match the format.
 */
export function parseTime(
  text: string,
  { format, memory, pointer }: { readonly format: string; readonly memory: GuestMemory; readonly pointer: number },
): number | undefined {
  const reader = new TimeReader(text);
  if (!reader.read(format)) return undefined;
  const { epoch } = reader.fields;
  if (epoch !== undefined) writeTime(memory, pointer, epoch);
  const fields = combined(reader.fields);
  for (const [name, value] of Object.entries(fields)) memory.setUint32(pointer + TM[name as Field], value);
  if (fields.yearDay !== undefined && fields.month === undefined && fields.day === undefined) writeYearDay(memory, pointer, fields.yearDay);
  else if (DATE_FIELDS.some((name) => fields[name] !== undefined)) writeDays(memory, pointer, fields);
  return reader.position;
}

/** Writes the day of the week and of the year, unless the text contained them. As in GNU, a missing day counts as day 0. */
function writeDays(memory: GuestMemory, pointer: number, fields: Partial<Record<Field, number>>): void {
  const dayNumber = (month: number, day: number): number => {
    memory.setUint32(pointer + TM.month, month);
    memory.setUint32(pointer + TM.day, day);
    return Math.floor(readTime(memory, pointer) / DAY_SECONDS);
  };
  const [month, day] = [readInt32(memory, pointer + TM.month), readInt32(memory, pointer + TM.day)];
  const first = dayNumber(0, 1);
  const today = dayNumber(month, day);
  if (fields.weekday === undefined) memory.setUint32(pointer + TM.weekday, (((today + EPOCH_WEEKDAY) % 7) + 7) % 7);
  if (fields.yearDay === undefined) memory.setUint32(pointer + TM.yearDay, today - first);
}

/** Writes the month and day of a day of the year. */
function writeYearDay(memory: GuestMemory, pointer: number, yearDay: number): void {
  memory.setUint32(pointer + TM.month, 0);
  memory.setUint32(pointer + TM.day, yearDay + 1);
  writeTime(memory, pointer, readTime(memory, pointer));
}
