import { describe, expect, it } from 'vitest';
import type { OutputChunk } from '../contract/process.ts';
import { OutputCollector, type OutputSnapshot } from './output-collector.ts';
import { StreamDecoder } from './stream-decoder.ts';

type Stream = OutputChunk['stream'];

function chunk(stream: Stream, content: string | readonly number[]): OutputChunk {
  return { stream, bytes: typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content) };
}

function collect(chunks: readonly OutputChunk[], keptBytes?: number): OutputSnapshot {
  const collector = new OutputCollector(keptBytes === undefined ? {} : { keptBytes });
  for (const one of chunks) collector.push(one);
  return collector.snapshot();
}

/** Decodes the chunks with one decoder per stream, as a live reader does. */
function decodeLive(chunks: readonly OutputChunk[]): { stdout: string; stderr: string; output: string } {
  const decoders = { stdout: new StreamDecoder(), stderr: new StreamDecoder() };
  const texts = { stdout: '', stderr: '', output: '' };
  const add = (stream: Stream, text: string): void => {
    texts[stream] += text;
    texts.output += text;
  };
  for (const { stream, bytes } of chunks) add(stream, decoders[stream].decode(bytes));
  for (const stream of ['stdout', 'stderr'] as const) add(stream, decoders[stream].end());
  return texts;
}

/** A small random number generator with a fixed seed, so that a failure can be reproduced. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('OutputCollector without truncation', () => {
  it('is empty at first', () => {
    expect(collect([])).toEqual({ stdout: '', stderr: '', output: '', totalBytes: 0 });
  });

  it('keeps both streams in order of arrival', () => {
    const result = collect([chunk('stdout', 'one\n'), chunk('stderr', 'two\n'), chunk('stdout', 'three\n')]);
    expect(result).toEqual({ stdout: 'one\nthree\n', stderr: 'two\n', output: 'one\ntwo\nthree\n', totalBytes: 14 });
  });

  it('keeps CR, NUL and a byte order mark', () => {
    expect(collect([chunk('stdout', '\uFEFFa\r\nb\0c\r')]).output).toBe('\uFEFFa\r\nb\0c\r');
  });

  it('decodes a character that is split across chunks, with the other stream in between', () => {
    const [a = 0, b = 0, c = 0, d = 0] = Buffer.from('😀');
    const result = collect([
      chunk('stdout', [a, b]),
      chunk('stderr', 'x'),
      chunk('stdout', [c]),
      chunk('stderr', 'y'),
      chunk('stdout', [d]),
    ]);
    expect(result.stdout).toBe('😀');
    expect(result.stderr).toBe('xy');
    expect(result.output).toBe('xy😀');
  });

  it('decodes interleaved split characters in both streams', () => {
    const [a = 0, b = 0] = Buffer.from('é');
    const [x = 0, y = 0, z = 0] = Buffer.from('€');
    const result = collect([chunk('stdout', [a]), chunk('stderr', [x]), chunk('stdout', [b]), chunk('stderr', [y, z])]);
    expect(result.output).toBe('é€');
  });

  it('replaces invalid bytes and incomplete characters', () => {
    expect(collect([chunk('stdout', [0x61, 0xff, 0x62])]).output).toBe('a\uFFFDb');
    expect(collect([chunk('stdout', [0xe2, 0x82]), chunk('stderr', 'e')]).output).toBe('e\uFFFD');
    expect(collect([chunk('stdout', [0xe2]), chunk('stdout', 'a')]).output).toBe('\uFFFDa');
  });

  it('does not complete a broken character in one stream with a byte from the other stream', () => {
    expect(collect([chunk('stderr', [0xe2]), chunk('stderr', [0xe2]), chunk('stdout', [0x90])]).output).toBe('\uFFFD\uFFFD\uFFFD');
  });

  it('does not keep a reference to the chunk', () => {
    const bytes = new TextEncoder().encode('before');
    const collector = new OutputCollector();
    collector.push({ stream: 'stdout', bytes });
    bytes.fill(0x78);
    expect(collector.snapshot().stdout).toBe('before');
  });

  it('returns snapshots while more output arrives', () => {
    const collector = new OutputCollector();
    collector.push(chunk('stdout', 'a'));
    expect(collector.snapshot().stdout).toBe('a');
    collector.push(chunk('stdout', 'b'));
    expect(collector.snapshot().stdout).toBe('ab');
  });

  it('returns the same text as one decoder per stream for arbitrary bytes and splits', () => {
    const next = randomNumbers(7);
    const alphabet = [...Buffer.from('a€😀é\n'), 0xff, 0xc0, 0xed, 0xa0, 0xf4, 0x90, 0xe0, 0x80];
    for (let round = 0; round < 500; round += 1) {
      const chunks = Array.from({ length: next(40) }, () =>
        chunk(
          next(2) === 0 ? 'stdout' : 'stderr',
          Array.from({ length: next(5) }, () => alphabet[next(alphabet.length)] ?? 0),
        ),
      );
      expect(collect(chunks)).toMatchObject(decodeLive(chunks));
    }
  });
});

describe('OutputCollector with truncation', () => {
  it('keeps everything up to the limit, and truncates from the next byte', () => {
    expect(collect([chunk('stdout', '0123456789')], 10).stdout).toBe('0123456789');
    expect(collect([chunk('stdout', '0123456789a')], 10)).toEqual({
      stdout: '01234\n[... 1 bytes omitted ...]\n6789a',
      stderr: '',
      output: '01234\n[... 1 bytes omitted ...]\n6789a',
      truncated: { stdout: { totalBytes: 11, keptBytes: 10, omittedBytes: 1 } },
      totalBytes: 11,
    });
  });

  it('truncates each stream separately and marks both gaps in the output', () => {
    const chunks = [
      chunk('stdout', 'a'.repeat(30)),
      chunk('stderr', 'short'),
      chunk('stdout', 'b'.repeat(30)),
      chunk('stderr', 'c'.repeat(40)),
    ];
    const result = collect(chunks, 20);
    expect(result.stdout).toBe(`${'a'.repeat(10)}\n[... 40 bytes omitted ...]\n${'b'.repeat(10)}`);
    expect(result.stderr).toBe(`short${'c'.repeat(5)}\n[... 25 bytes omitted ...]\n${'c'.repeat(10)}`);
    expect(result.output).toBe(
      `${'a'.repeat(10)}short\n[... 40 bytes omitted ...]\n${'b'.repeat(10)}${'c'.repeat(5)}\n[... 25 bytes omitted ...]\n${'c'.repeat(10)}`,
    );
    expect(result.truncated).toEqual({
      stdout: { totalBytes: 60, keptBytes: 20, omittedBytes: 40 },
      stderr: { totalBytes: 45, keptBytes: 20, omittedBytes: 25 },
    });
  });

  it('keeps a short message on stderr that arrives in the middle of a flood on stdout', () => {
    const flood = Array.from({ length: 50 }, () => chunk('stdout', 'x'.repeat(100)));
    const result = collect([...flood, chunk('stderr', 'E: disk failed'), ...flood], 200);
    expect(result.output).toContain('E: disk failed');
    expect(result.output.length).toBeLessThan(300);
  });

  it('never splits a character at the gap, and counts its bytes as omitted', () => {
    const result = collect([chunk('stdout', '€'.repeat(100))], 20);
    expect(result.stdout).toBe('€€€\n[... 282 bytes omitted ...]\n€€€');
    expect(result.truncated?.stdout).toEqual({ totalBytes: 300, keptBytes: 18, omittedBytes: 282 });
  });

  it('keeps bytes that are not valid characters', () => {
    const result = collect(
      [
        chunk(
          'stdout',
          Array.from({ length: 100 }, () => 0x80),
        ),
      ],
      20,
    );
    expect(result.stdout).toBe(`${'\uFFFD'.repeat(10)}\n[... 83 bytes omitted ...]\n${'\uFFFD'.repeat(7)}`);
  });

  it.each([0, 1, 2, 3])('marks the gap even if almost nothing is kept (%i bytes)', (keptBytes) => {
    const { stdout, truncated } = collect([chunk('stdout', '€€€')], keptBytes);
    expect(stdout).toContain('bytes omitted ...]\n');
    expect(stdout).not.toContain('\uFFFD');
    expect(truncated?.stdout?.totalBytes).toBe(9);
  });

  it('keeps the last of two million lines for any chunk sizes', () => {
    const collector = new OutputCollector({ keptBytes: 4096 });
    const lines = Buffer.from(Array.from({ length: 2_000_000 }, (_, index) => `${index}\n`).join(''));
    const next = randomNumbers(3);
    for (let start = 0; start < lines.length; ) {
      const end = start + 1 + next(20_000);
      collector.push({ stream: 'stdout', bytes: lines.subarray(start, end) });
      start = end;
    }
    const { stdout, totalBytes, truncated } = collector.snapshot();
    expect(totalBytes).toBe(lines.length);
    expect(stdout.startsWith('0\n1\n2\n')).toBe(true);
    expect(stdout.endsWith('1999998\n1999999\n')).toBe(true);
    expect(truncated?.stdout).toEqual({ totalBytes: lines.length, keptBytes: 4096, omittedBytes: lines.length - 4096 });
  });

  it('returns the same result for one chunk, for single bytes and with snapshots in between', () => {
    const next = randomNumbers(11);
    for (let round = 0; round < 20; round += 1) {
      const bytes = Array.from({ length: 20_000 + next(20_000) }, () => 32 + next(90));
      const keptBytes = 2 + next(6000);
      const single = new OutputCollector({ keptBytes });
      for (const [index, byte] of bytes.entries()) {
        single.push(chunk('stdout', [byte]));
        if (index % 9973 === 0) single.snapshot();
      }
      const whole = collect([chunk('stdout', bytes)], keptBytes);
      expect(single.snapshot()).toEqual(whole);
      const text = String.fromCharCode(...bytes.slice(0, Math.floor(keptBytes / 2)));
      expect(whole.stdout.startsWith(`${text}\n[... ${bytes.length - keptBytes} bytes omitted ...]\n`)).toBe(true);
      expect(whole.stdout.endsWith(String.fromCharCode(...bytes.slice(bytes.length - Math.ceil(keptBytes / 2))))).toBe(true);
    }
  });
});

describe('OutputCollector under a flood', () => {
  const keptBytes = 256 * 1024;

  /** Bytes in the typed arrays of the collector. If other arrays are garbage-collected, the number is too small. */
  function memoryAfter(push: (collector: OutputCollector) => void): number {
    const before = process.memoryUsage().arrayBuffers;
    const collector = new OutputCollector({ keptBytes });
    push(collector);
    const grown = process.memoryUsage().arrayBuffers - before;
    expect(collector.snapshot().totalBytes).toBeGreaterThan(8 * keptBytes);
    return grown;
  }

  it('uses limited memory for large chunks', () => {
    const block = new Uint8Array(64 * 1024).fill(0x61);
    const grown = memoryAfter((collector) => {
      for (let count = 0; count < 400; count += 1) collector.push({ stream: 'stdout', bytes: block });
    });
    expect(grown).toBeLessThan(2 * keptBytes);
  });

  it('uses limited memory for single bytes that alternate between the streams', () => {
    const byte = Uint8Array.of(0x61);
    const grown = memoryAfter((collector) => {
      for (let count = 0; count < 1_200_000; count += 1) {
        collector.push({ stream: 'stdout', bytes: byte });
        collector.push({ stream: 'stderr', bytes: byte });
      }
    });
    expect(grown).toBeLessThan(7 * keptBytes);
  });

  it('accepts a chunk of 100 MB without copying all of it', () => {
    const flood = new Uint8Array(100_000_000).fill(0x61);
    expect(memoryAfter((collector) => collector.push({ stream: 'stdout', bytes: flood }))).toBeLessThan(2 * keptBytes);
  });
});
