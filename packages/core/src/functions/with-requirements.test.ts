import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { composeModule } from './compose-module.ts';
import { functionFromFile, withRequirements } from './with-requirements.ts';

test('a function of a file is read, not run, and is plain data', () => {
  const directory = mkdtempSync(join(tmpdir(), 'functions-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'f.py');
  writeFileSync(path, 'def f():\n    return 1\n');
  const given = functionFromFile(path, { globalImports: ['os'] });
  expect(given).toEqual({ source: 'def f():\n    return 1\n', globalImports: ['os'] });
  expect(functionFromFile(pathToFileURL(path))).toEqual({ source: given.source });
  expect(JSON.parse(JSON.stringify(given))).toEqual(given);
});

test('the module has every import once, then the sources', () => {
  const globalImports = [
    { module: 'pandas', alias: 'pd' },
    { module: 'pandas', imports: ['DataFrame', 'concat'] },
  ];
  const one = withRequirements('  def one(): pass', { globalImports });
  const two = withRequirements('def two(): pass', {
    globalImports: [...globalImports, { module: '__future__', imports: ['annotations'] }],
  });
  expect(composeModule([one, two, 'def three(): pass'])).toBe(`from __future__ import annotations
import pandas as pd
from pandas import DataFrame, concat


def one(): pass


def two(): pass


def three(): pass
`);
  expect(composeModule(['def alone(): pass'])).toBe('def alone(): pass\n');
});
