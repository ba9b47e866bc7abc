import { expect, test } from 'vitest';
import { resultImages } from './result-images.ts';

const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(100)]);
const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>';

test('displayed images come before files, one for each display object', () => {
  const images = resultImages({
    results: [{ data: { 'image/png': png.toString('base64'), 'image/jpeg': 'x', 'text/plain': '<Figure>' }, isMainResult: false }],
    files: [{ path: 'chart.png', mediaType: 'image/png', content: png }],
  });
  expect(images).toEqual([
    { mediaType: 'image/png', data: png },
    { mediaType: 'image/png', data: png, path: 'chart.png' },
  ]);
});

test('SVG is left out unless it is requested', () => {
  const source = { results: [{ data: { 'image/svg+xml': svg }, isMainResult: false }], files: [] };
  expect(resultImages(source)).toEqual([]);
  expect(resultImages(source, { mediaTypes: ['image/svg+xml'] })).toEqual([{ mediaType: 'image/svg+xml', data: Buffer.from(svg) }]);
});

test('files that are too large, too many, without content or not images are left out', () => {
  const file = { path: 'a.png', mediaType: 'image/png', content: png };
  const sources = (files: readonly object[]): number =>
    resultImages({ results: [], files: files as [] }, { maxBytes: 200, maxCount: 2 }).length;
  expect(sources([file, file, file])).toBe(2);
  expect(sources([{ ...file, content: Buffer.concat([png, Buffer.alloc(200)]) }])).toBe(0);
  expect(sources([{ path: 'a.png', mediaType: 'image/png' }])).toBe(0);
  expect(sources([{ ...file, content: Buffer.from('<html>') }])).toBe(0);
  const display = { data: { 'image/png': Buffer.alloc(10_000).toString('base64') }, isMainResult: false };
  expect(resultImages({ results: [display, { data: { 'image/png': 7 }, isMainResult: false }], files: [] }, { maxBytes: 200 })).toEqual([]);
});

test('images are left out once all together would have more than 16 MiB', () => {
  const MiB = 1024 * 1024;
  const content = Buffer.concat([png, Buffer.alloc(4 * MiB - png.byteLength)]);
  const files = Array.from({ length: 5 }, (_, index) => ({ path: `${index}.png`, mediaType: 'image/png', content }));
  expect(resultImages({ results: [], files }).map(({ path }) => path)).toEqual(['0.png', '1.png', '2.png', '3.png']);
});
