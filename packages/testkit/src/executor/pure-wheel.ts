import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Creates a wheel with one Python module. pip can install the wheel from a directory, without a network. */
export function pureWheel(options: {
  readonly directory: string;
  readonly name: string;
  readonly code: string;
  readonly version?: string;
}): {
  readonly path: string;
  readonly content: Uint8Array;
} {
  const { directory, name, code, version = '1.0' } = options;
  const info = `${name}-${version}.dist-info`;
  const files = [
    [`${name}.py`, code],
    [`${info}/METADATA`, `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`],
    [`${info}/WHEEL`, 'Wheel-Version: 1.0\nGenerator: sandpod\nRoot-Is-Purelib: true\nTag: py3-none-any\n'],
  ].map(([path = '', text = '']) => ({ path, content: Buffer.from(text) }));
  const record = [...files.map(recordLine), `${info}/RECORD,,`].join('\n');
  const content = zip([...files, { path: `${info}/RECORD`, content: Buffer.from(`${record}\n`) }]);
  return { path: `${directory}/${name}-${version}-py3-none-any.whl`, content };
}

interface ZipEntry {
  readonly path: string;
  readonly content: Buffer;
}

function recordLine({ path, content }: ZipEntry): string {
  return `${path},sha256=${createHash('sha256').update(content).digest('base64url')},${content.byteLength}`;
}

/** Creates a zip archive with uncompressed entries. */
function zip(entries: readonly ZipEntry[]): Uint8Array {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { path, content } of entries) {
    const name = Buffer.from(path);
    const common = commonFields(content, name);
    const entry = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, content]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(0o100644 * 0x10000, 6);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), common, rest, name]));
    local.push(entry);
    offset += entry.byteLength;
  }
  const directory = Buffer.concat(central);
  return Buffer.concat([...local, directory, endOfDirectory({ count: entries.length, size: directory.byteLength, offset })]);
}

/**
 * Returns the fields that both headers share: version, flags, method, time, date, checksum, both sizes, and the lengths of the name and the
 * extra fields.
 */
function commonFields(content: Buffer, name: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(0x21, 8);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(content.byteLength, 14);
  fields.writeUInt32LE(content.byteLength, 18);
  fields.writeUInt16LE(name.byteLength, 22);
  return fields;
}

function endOfDirectory(options: { readonly count: number; readonly size: number; readonly offset: number }): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(options.count, 8);
  end.writeUInt16LE(options.count, 10);
  end.writeUInt32LE(options.size, 12);
  end.writeUInt32LE(options.offset, 16);
  return end;
}
