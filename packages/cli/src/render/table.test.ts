import { expect, test } from 'vitest';
import { toTable } from './table.ts';

test('columns are as wide as their widest cell, and lines have no trailing spaces', () => {
  const rows = [
    ['ID', 'NAME', 'STATE'],
    ['ab12', '', 'running'],
    ['c', 'my-data', ''],
  ];
  expect(toTable(rows)).toBe('ID    NAME     STATE\nab12           running\nc     my-data\n');
});
