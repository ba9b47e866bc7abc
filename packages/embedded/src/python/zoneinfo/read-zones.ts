import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { packageFile } from '../../package-files.ts';

interface ZoneIndex {
  /** The length of each stored file. */
  readonly lengths: readonly number[];
  /** Maps each zone name, such as `Europe/Berlin`, to the number of its stored file. */
  readonly zones: Readonly<Record<string, number>>;
}

const INDEX_START = 4;

/** Returns the time zone files (TZif) by name. `scripts/pack-zoneinfo.ts` writes the file that contains them; the build copies it. */
export function readZones(): ReadonlyMap<string, Uint8Array> {
  const bytes = inflateSync(readFileSync(packageFile('python/zoneinfo/zones.bin')));
  let at = INDEX_START + bytes.readUInt32LE(0);
  const index = JSON.parse(bytes.toString('utf8', INDEX_START, at)) as ZoneIndex;
  const files = index.lengths.map((length) => {
    at += length;
    return bytes.subarray(at - length, at);
  });
  return new Map(Object.entries(index.zones).map(([name, file]) => [name, files[file] ?? new Uint8Array(0)]));
}
