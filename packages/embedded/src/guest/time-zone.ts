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

  /** Returns the difference to UTC in seconds at a number of seconds since 1970. It is positive east of Greenwich. */
  offsetAt(seconds: number): number {
    const [, sign = '+', hours = 0, minutes = 0] = /GMT([+-])(\d+):(\d+)/.exec(partOf(this.#offsets, seconds)) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
  }

  /** Returns the short name at a time, such as `EST`. */
  nameAt(seconds: number): string {
    return partOf(this.#names, seconds);
  }

  /** Returns the number of seconds since 1970 of a local time, which is given as if it were UTC. */
  secondsOf(local: number): number {
    return local - this.offsetAt(local - this.offsetAt(local));
  }

  /** Returns true if the offset at a time is larger than the standard offset of the same year. */
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
