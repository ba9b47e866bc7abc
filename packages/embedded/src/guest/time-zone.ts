import { zoneName } from './zone-names.ts';

const NAME = /^:?([A-Za-z]\w*(?:[/+-]\w+)*)$/;

/** A time zone of the host's database. */
export class TimeZone {
  readonly #offsets: Intl.DateTimeFormat;
  readonly #names: Intl.DateTimeFormat;

  /** Finds a time zone by the value of `TZ`, such as `Europe/Berlin`. An unknown or empty name means UTC. */
  constructor(name: string) {
    const timeZone = knownName(NAME.exec(name)?.[1]);
    this.#offsets = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    this.#names = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'short' });
  }

  /** Returns the offset from UTC in seconds at the given time. The offset is positive east of Greenwich. `seconds` counts from 1970. */
  offsetAt(seconds: number): number {
    const [, sign = '+', hours = 0, minutes = 0] = /GMT([+-])(\d+):(\d+)/.exec(partOf(this.#offsets, seconds)) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
  }

  /** Returns the short name of the zone at the given time, such as `EST`. */
  nameAt(seconds: number): string {
    const name = partOf(this.#names, seconds);
    const zone = this.#names.resolvedOptions().timeZone;
    return /^GMT[+-]/.test(name) ? zoneName(zone, { offset: this.offsetAt(seconds), isSummer: this.isSummerAt(seconds) }) : name;
  }

  /** Converts a local time to seconds since 1970. `local` is the number of seconds that the same date and time would have in UTC. */
  secondsOf(local: number): number {
    return local - this.offsetAt(local - this.offsetAt(local));
  }

  /** Returns true if the offset at the given time is larger than the standard offset in that year. */
  isSummerAt(seconds: number): boolean {
    const year = new Date(seconds * 1000).getUTCFullYear();
    const [winter, summer] = [this.offsetAt(Date.UTC(year, 0) / 1000), this.offsetAt(Date.UTC(year, 6) / 1000)];
    return winter !== summer && this.offsetAt(seconds) === Math.max(winter, summer);
  }
}

function partOf(format: Intl.DateTimeFormat, seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return '';
  return format.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

function knownName(name = 'UTC'): string {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
