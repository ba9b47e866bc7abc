import type { GuestMemory } from '../wasi/guest-memory.ts';
import { readInt32 } from './c-memory.ts';

/** The Gregorian calendar repeats after 400 years. With whole cycles left out, every time fits in a `Date`. */
const CYCLE_YEARS = 400;
const CYCLE_SECONDS = 12_622_780_800;
const DAY_MS = 86_400_000;
const FIRST_YEAR = 1900;
/** The offsets of the fields in Emscripten's `struct tm`. */
export const TM = {
  second: 0,
  minute: 4,
  hour: 8,
  day: 12,
  month: 16,
  year: 20,
  weekday: 24,
  yearDay: 28,
  isSummer: 32,
  offset: 36,
  zone: 40,
} as const;

/** Writes the date and time that correspond to a number of seconds since 1970. */
export function writeTime(memory: GuestMemory, pointer: number, seconds: number): void {
  const cycles = Math.floor(seconds / CYCLE_SECONDS);
  const date = new Date((seconds - cycles * CYCLE_SECONDS) * 1000);
  const year = date.getUTCFullYear();
  const fields = {
    second: date.getUTCSeconds(),
    minute: date.getUTCMinutes(),
    hour: date.getUTCHours(),
    day: date.getUTCDate(),
    month: date.getUTCMonth(),
    year: year + cycles * CYCLE_YEARS - FIRST_YEAR,
    weekday: date.getUTCDay(),
    yearDay: Math.floor((date.getTime() - Date.UTC(year, 0)) / DAY_MS),
  };
  for (const [name, value] of Object.entries(fields)) memory.setUint32(pointer + TM[name as keyof typeof fields], value);
}

/** Converts a date and time to a number of seconds since 1970. Fields may be out of range, such as day 32. */
export function readTime(memory: GuestMemory, pointer: number): number {
  const field = (name: keyof typeof TM): number => readInt32(memory, pointer + TM[name]);
  const months = field('year') * 12 + field('month');
  const cycles = Math.floor(months / (CYCLE_YEARS * 12));
  const date = Date.UTC(FIRST_YEAR + CYCLE_YEARS, months - cycles * CYCLE_YEARS * 12);
  const days = date / DAY_MS + field('day') - 1;
  return (cycles - 1) * CYCLE_SECONDS + days * 86_400 + field('hour') * 3600 + field('minute') * 60 + field('second');
}
