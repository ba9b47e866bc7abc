import { describe, expect, it } from 'vitest';
import { renameCompiledFile } from './compiled-file-names.ts';

const folder = { from: '/build/Lib/', to: '/usr/lib/python/' };
const short = (text: string, type = 0xfa): Uint8Array => Buffer.concat([Uint8Array.of(type, text.length), Buffer.from(text)]);

describe('renameCompiledFile', () => {
  it('renames file names and their lengths, and nothing else', () => {
    const compiled = Buffer.concat([
      Uint8Array.of(1, 2),
      short('/build/Lib/json/x.py'),
      Buffer.from('rest'),
      short('/build/Lib/y.py', 0xda),
      Uint8Array.of(9),
    ]);
    const renamed = Buffer.concat([
      Uint8Array.of(1, 2),
      short('/usr/lib/python/json/x.py'),
      Buffer.from('rest'),
      short('/usr/lib/python/y.py', 0xda),
      Uint8Array.of(9),
    ]);
    expect(Buffer.from(renameCompiledFile(compiled, folder))).toEqual(renamed);
  });

  it('leaves text unchanged that is not a short string, or would be too long for one', () => {
    for (const bytes of [short('/build/Lib/x.py', 0x73), short(`/build/Lib/${'x'.repeat(240)}`)])
      expect(renameCompiledFile(bytes, folder)).toBe(bytes);
  });
});
