/** The short names of zones in standard and summer time for which the host's `Intl` has only an offset, such as `GMT+9`. */
const NAMES: Readonly<Record<string, readonly [string, string]>> = {
  'Africa/Cairo': ['EET', 'EEST'],
  'Africa/Johannesburg': ['SAST', 'SAST'],
  'Africa/Lagos': ['WAT', 'WAT'],
  'Africa/Nairobi': ['EAT', 'EAT'],
  'Asia/Calcutta': ['IST', 'IST'],
  'Asia/Hong_Kong': ['HKT', 'HKT'],
  'Asia/Jakarta': ['WIB', 'WIB'],
  'Asia/Jerusalem': ['IST', 'IDT'],
  'Asia/Karachi': ['PKT', 'PKT'],
  'Asia/Kolkata': ['IST', 'IST'],
  'Asia/Seoul': ['KST', 'KST'],
  'Asia/Shanghai': ['CST', 'CST'],
  'Asia/Taipei': ['CST', 'CST'],
  'Asia/Tokyo': ['JST', 'JST'],
  'Atlantic/Reykjavik': ['GMT', 'GMT'],
  'Australia/Adelaide': ['ACST', 'ACDT'],
  'Australia/Brisbane': ['AEST', 'AEST'],
  'Australia/Darwin': ['ACST', 'ACST'],
  'Australia/Hobart': ['AEST', 'AEDT'],
  'Australia/Melbourne': ['AEST', 'AEDT'],
  'Australia/Perth': ['AWST', 'AWST'],
  'Australia/Sydney': ['AEST', 'AEDT'],
  'Europe/Dublin': ['GMT', 'IST'],
  'Europe/London': ['GMT', 'BST'],
  'Europe/Moscow': ['MSK', 'MSK'],
  'Pacific/Auckland': ['NZST', 'NZDT'],
};

/** The names in Europe, by the offset of standard time in hours. */
const EUROPE: Readonly<Record<number, readonly [string, string]>> = { 0: ['WET', 'WEST'], 1: ['CET', 'CEST'], 2: ['EET', 'EEST'] };

/** Returns the name of a zone that `Intl` does not name. As in the usual database, zones without a name are called `+04` or `+0545`. */
export function zoneName(zone: string, { offset, isSummer }: { readonly offset: number; readonly isSummer: boolean }): string {
  const standard = offset - (isSummer ? 3600 : 0);
  const names = NAMES[zone] ?? (zone.startsWith('Europe/') ? EUROPE[standard / 3600] : undefined);
  if (names !== undefined) return names[isSummer ? 1 : 0];
  const minutes = Math.abs(offset) / 60;
  const digits = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'));
  return `${offset < 0 ? '-' : '+'}${digits[0]}${digits[1] === '00' ? '' : digits[1]}`;
}
