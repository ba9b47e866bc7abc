import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

// Compiles this machine's time zone database for Python in the embedded sandbox. Needs the package tzdata and the program zic.
const SOURCE = '/usr/share/zoneinfo/tzdata.zi';
const TARGET = join(import.meta.dirname, '../packages/embedded/src/python/zoneinfo/zones.bin');

const folder = mkdtempSync(join(tmpdir(), 'zoneinfo-'));
try {
  execFileSync('/usr/sbin/zic', ['-b', 'slim', '-d', folder, SOURCE]);
  const names = (readdirSync(folder, { recursive: true }) as string[]).filter((name) => statSync(join(folder, name)).isFile()).sort();
  const zones = new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
  const unique = [...new Map([...zones.values()].map((bytes) => [bytes.toString('latin1'), bytes])).values()];
  const index = {
    version: /^# version (\S+)/.exec(readFileSync(SOURCE, 'latin1'))?.[1] ?? 'unknown',
    lengths: unique.map((bytes) => bytes.length),
    zones: Object.fromEntries([...zones].map(([name, bytes]) => [name, unique.findIndex((other) => other.equals(bytes))])),
  };
  const header = Buffer.from(JSON.stringify(index));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  writeFileSync(TARGET, deflateSync(Buffer.concat([length, header, ...unique]), { level: 9 }));
  console.log(`zoneinfo: version ${index.version}, ${names.length} names, ${statSync(TARGET).size} bytes`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
