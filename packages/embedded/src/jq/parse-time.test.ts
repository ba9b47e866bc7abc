import { expect, test } from 'vitest';
import { TimeZone } from '../guest/time-zone.ts';
import { GuestMemory } from '../wasi/guest-memory.ts';
import { readTime, TM, writeTime } from './calendar.ts';
import { parseTime } from './parse-time.ts';

const memory = new GuestMemory({ buffer: new ArrayBuffer(1024), grow: () => 0 });

function parsed(text: string, format: string): string | undefined {
  writeTime(memory, 0, 0);
  const end = parseTime(text, { format, memory, pointer: 0 });
  return end === undefined ? undefined : `${new Date(readTime(memory, 0) * 1000).toISOString().slice(0, 19)} ${text.slice(end)}`;
}

test.each([
  ['2024-02-29T12:34:56Z', '%Y-%m-%dT%H:%M:%SZ', '2024-02-29T12:34:56 '],
  ['10/Oct/2023:13:55:36 -0700', '%d/%b/%Y:%H:%M:%S %z', '2023-10-10T13:55:36 '],
  ['Thursday, March 05, 2015', '%A, %B %d, %Y', '2015-03-05T00:00:00 '],
  ['12:05 AM', '%I:%M %p', '1970-01-01T00:05:00 '],
  ['12:05 pm', '%I:%M %p', '1970-01-01T12:05:00 '],
  ['1/2/70', '%m/%d/%y', '1970-01-02T00:00:00 '],
  ['1/2/68', '%D', '2068-01-02T00:00:00 '],
  ['2024 060', '%Y %j', '2024-02-29T00:00:00 '],
  ['1700000000', '%s', '2023-11-14T22:13:20 '],
  ['2024-01-02 rest', '%F', '2024-01-02T00:00:00  rest'],
  ['  5%', '%e%%', '1970-01-05T00:00:00 '],
  ['0099-12-31', '%Y-%m-%d', '0099-12-31T00:00:00 '],
  ['2024-13-01', '%Y-%m-%d', undefined],
  ['24:00', '%H:%M', undefined],
  ['2024-01-0', '%F', undefined],
  ['x', '%q', undefined],
  ['12', '%U', undefined],
  ['+0', '%z', undefined],
])('strptime reads %j with %j', (text, format, expected) => {
  expect(parsed(text, format)).toBe(expected);
});

test.each([0, -1, 86_399, 951_782_400, -62_135_596_800, 253_402_300_800, 1e13, -1e13])('a time survives its fields: %d', (seconds) => {
  writeTime(memory, 0, seconds);
  expect(readTime(memory, 0)).toBe(seconds);
});

test('a time has the day of the week and of the year', () => {
  writeTime(memory, 0, Date.UTC(2024, 11, 31) / 1000);
  expect([memory.getUint32(TM.weekday), memory.getUint32(TM.yearDay), memory.getUint32(TM.year)]).toEqual([2, 365, 124]);
});

test.each([
  ['America/New_York', 1_700_000_000, -18_000, 'EST', false],
  ['America/New_York', 1_720_000_000, -14_400, 'EDT', true],
  [':Asia/Kolkata', 1_700_000_000, 19_800, 'IST', false],
  ['Australia/Sydney', 1_700_000_000, 39_600, 'AEDT', true],
  ['', 1_700_000_000, 0, 'UTC', false],
  ['No/Such', 1_700_000_000, 0, 'UTC', false],
])('the zone %j at %i', (name, seconds, offset, short, isSummer) => {
  const zone = new TimeZone(name);
  expect([zone.offsetAt(seconds), zone.nameAt(seconds), zone.isSummerAt(seconds)]).toEqual([offset, short, isSummer]);
  expect(zone.secondsOf(seconds + offset)).toBe(seconds);
});
