import { describe, expect, it } from 'vitest';
import { mediaTypeOf } from './media-type.ts';

describe('mediaTypeOf', () => {
  it.each([
    ['plot.png', 'image/png'],
    ['out/PLOT.PNG', 'image/png'],
    ['a.b/data.csv', 'text/csv'],
    ['archive.tar.gz', 'application/gzip'],
    ['page.html', 'text/html'],
    ['drawing.svg', 'image/svg+xml'],
    ['README', 'application/octet-stream'],
    ['a.csv/README', 'application/octet-stream'],
    ['.png', 'application/octet-stream'],
    ['a.unknown', 'application/octet-stream'],
    ['a.', 'application/octet-stream'],
    ['a.constructor', 'application/octet-stream'],
    ['', 'application/octet-stream'],
  ])('returns for %j: %s', (path, mediaType) => {
    expect(mediaTypeOf(path)).toBe(mediaType);
  });
});
