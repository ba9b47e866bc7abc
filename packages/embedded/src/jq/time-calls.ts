import { TimeZone } from '../guest/time-zone.ts';
import type { GuestMemory } from '../wasi/guest-memory.ts';
import type { WasiCalls } from '../wasi/wasi-call.ts';
import type { WasiProcess } from '../wasi/wasi-process.ts';
import { readCBytes } from './c-memory.ts';
import { readTime, TM, writeTime } from './calendar.ts';
import { parseTime } from './parse-time.ts';

const LONGEST_NAME = 16;
const UTC = 'UTC';

/** Returns the calls for dates and times. The variable `TZ` sets the time zone. If it is not set, the time zone is UTC. */
export function timeCalls(process: WasiProcess, placeOfName: number): WasiCalls {
  let found: TimeZone | undefined;
  const zone = (): TimeZone => {
    found ??= new TimeZone(process.env['TZ'] ?? '');
    return found;
  };
  return {
    emscripten_date_now: () => Date.now(),
    ...universalCalls(process, placeOfName),
    ...localCalls(process, { zone, placeOfName }),
    _tzset_js: (offset: number, hasSummer: number, standardName: number, summerName: number) =>
      writeZone(process, zone(), { offset, hasSummer, standardName, summerName }),
    strptime: (text: number, format: number, pointer: number) => {
      const end = parseTime(latin1(process, text), { format: latin1(process, format), memory: process.memory, pointer });
      return end === undefined ? 0 : text + end;
    },
  };
}

function universalCalls(process: WasiProcess, placeOfName: number): WasiCalls {
  const write = (seconds: number, pointer: number): void => {
    writeTime(process.memory, pointer, seconds);
    writeName(process, pointer, { name: UTC, place: placeOfName });
  };
  return {
    _gmtime_js: (seconds: bigint, pointer: number) => write(Number(seconds), pointer),
    _timegm_js: (pointer: number) => {
      const seconds = readTime(process.memory, pointer);
      write(seconds, pointer);
      return BigInt(seconds);
    },
  };
}

function localCalls(
  process: WasiProcess,
  { zone, placeOfName }: { readonly zone: () => TimeZone; readonly placeOfName: number },
): WasiCalls {
  const write = (seconds: number, pointer: number): void => {
    const offset = zone().offsetAt(seconds);
    writeTime(process.memory, pointer, seconds + offset);
    process.memory.setUint32(pointer + TM.offset, offset);
    process.memory.setUint32(pointer + TM.isSummer, Number(zone().isSummerAt(seconds)));
    writeName(process, pointer, { name: zone().nameAt(seconds), place: placeOfName });
  };
  return {
    _localtime_js: (seconds: bigint, pointer: number) => write(Number(seconds), pointer),
    _mktime_js: (pointer: number) => {
      const seconds = zone().secondsOf(readTime(process.memory, pointer));
      write(seconds, pointer);
      return BigInt(seconds);
    },
  };
}

/** Stores the name of the zone, which the C library otherwise leaves out. jq uses one date at a time, so one place is enough. */
function writeName({ memory }: WasiProcess, pointer: number, { name, place }: { readonly name: string; readonly place: number }): void {
  writeText(memory, place, name);
  memory.setUint32(pointer + TM.zone, place);
}

function writeText(memory: GuestMemory, place: number, text: string): void {
  memory.setBytes(place, Buffer.from(`${text.slice(0, LONGEST_NAME)}\0`));
}

function latin1(process: WasiProcess, pointer: number): string {
  return Buffer.from(readCBytes(process.memory, pointer)).toString('latin1');
}

function writeZone(
  { memory }: WasiProcess,
  zone: TimeZone,
  at: Readonly<Record<'offset' | 'hasSummer' | 'standardName' | 'summerName', number>>,
): void {
  const year = new Date().getUTCFullYear();
  const [january, july] = [Date.UTC(year, 0) / 1000, Date.UTC(year, 6) / 1000];
  const [standard, summer] = zone.isSummerAt(january) ? [july, january] : [january, july];
  memory.setUint32(at.offset, -zone.offsetAt(standard));
  memory.setUint32(at.hasSummer, Number(zone.offsetAt(standard) !== zone.offsetAt(summer)));
  writeText(memory, at.standardName, zone.nameAt(standard));
  writeText(memory, at.summerName, zone.nameAt(summer));
}
