import { describe, expect, it } from 'vitest';
import { parseCsv } from './parse-csv.ts';

const LIMITS = { maxRows: 2, maxColumns: 2 };

describe('parseCsv', () => {
  it('reads quotes, doubled quotes and line breaks within them', () => {
    expect(parseCsv('name,say\r\n"Lovelace, Ada","a ""b""\nc"\r\n', LIMITS)).toEqual({
      head: ['name', 'say'],
      rows: [['Lovelace, Ada', 'a "b"\nc']],
      isCut: false,
    });
  });

  it('reports omitted rows or columns', () => {
    expect(parseCsv('a,b\n1,2\n3,4\n5,6\n', LIMITS)).toMatchObject({
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
      isCut: true,
    });
    expect(parseCsv('a,b,c\n1,2,3\n', LIMITS)).toMatchObject({ head: ['a', 'b'], isCut: true });
  });

  it('keeps empty cells', () => {
    expect(parseCsv('a,b\n,\n1,', LIMITS)?.rows).toEqual([
      ['', ''],
      ['1', ''],
    ]);
  });

  it('returns undefined for text that is not a table', () => {
    expect(parseCsv('just one line', LIMITS)).toBeUndefined();
    expect(parseCsv('', LIMITS)).toBeUndefined();
  });
});
