import { describe, expect, it } from 'vitest';
import { withLargerStack } from './larger-stack.ts';
import { withoutDebugSections } from './module-sections.ts';
import { webAssembly } from './web-assembly.ts';
import { withoutData } from './without-data.ts';

const HEADER = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
// A memory of two pages, exported as "m", and a mutable i32 global of 65536, exported as "g".
const MODULE = Uint8Array.from([
  ...HEADER,
  ...[5, 3, 1, 0, 2],
  ...[6, 8, 1, 0x7f, 1, 0x41, 0x80, 0x80, 4, 0x0b],
  ...[7, 9, 2, 1, 0x6d, 2, 0, 1, 0x67, 3, 0],
]);

describe('withLargerStack', () => {
  it('adds pages and starts the stack at the new end of memory', async () => {
    const changed = withLargerStack(MODULE, 8 * 2 ** 20);
    const { m, g } = new webAssembly.Instance(await webAssembly.compile(changed), {}).exports as {
      readonly m: { readonly buffer: ArrayBuffer };
      readonly g: { readonly value: number };
    };
    expect(m.buffer.byteLength).toBe(2 * 65_536 + 8 * 2 ** 20);
    expect(g.value).toBe(m.buffer.byteLength);
  });

  it.each([
    ['no memory', [...HEADER]],
    ['a second global', [...HEADER, 5, 3, 1, 0, 2, 6, 11, 2, 0x7f, 1, 0x41, 0, 0x0b, 0x7f, 1, 0x41, 0, 0x0b]],
    ['a memory with a maximum', [...HEADER, 5, 4, 1, 1, 2, 9, 6, 6, 1, 0x7f, 1, 0x41, 0, 0x0b]],
  ])('refuses a module with %s', (_, bytes) => {
    expect(() => withLargerStack(Uint8Array.from(bytes), 65_536)).toThrow(TypeError);
  });
});

describe('withoutDebugSections', () => {
  it('leaves out custom sections only', () => {
    const debug = [0, 5, 4, ...Buffer.from('.dbg')];
    const changed = withoutDebugSections(Uint8Array.from([...HEADER, ...debug, ...MODULE.subarray(HEADER.length), ...debug]));
    expect(Buffer.from(changed)).toEqual(Buffer.from(MODULE));
  });
});

describe('withoutData', () => {
  const segment = (start: number, text: string): number[] => [0, 0x41, start, 0x0b, text.length, ...Buffer.from(text)];
  const withData = (count: number, content: readonly number[]): Uint8Array =>
    Uint8Array.from([...MODULE, 11, content.length + 1, count, ...content]);
  const memoryOf = async (module: Uint8Array): Promise<string> => {
    const { m } = new webAssembly.Instance(await webAssembly.compile(module), {}).exports as {
      readonly m: { readonly buffer: ArrayBuffer };
    };
    return Buffer.from(m.buffer, 0, 20).toString().replaceAll('\0', '.');
  };

  it.each([
    ['nothing', { start: 18, end: 20 }, '.abcdef...ghij......'],
    ['the middle of a segment', { start: 3, end: 5 }, '.ab..ef...ghij......'],
    ['the end of one segment and the start of the next', { start: 4, end: 12 }, '.abc........ij......'],
    ['a whole segment', { start: 0, end: 9 }, '..........ghij......'],
  ])('leaves out %s', async (_, range, expected) => {
    expect(await memoryOf(withoutData(withData(2, [...segment(1, 'abcdef'), ...segment(10, 'ghij')]), range))).toBe(expected);
  });

  it('refuses passive segments', () => {
    expect(() => withoutData(withData(1, [1, 1, 65]), { start: 0, end: 1 })).toThrow(TypeError);
  });
});
