import type { LanguageCapability } from '@sandpod/core';
import { expect, test } from 'vitest';
import { selectRunnable } from './select-runnable.ts';

const languages: readonly LanguageCapability[] = [
  { id: 'python', aliases: ['py'], policy: 'run' },
  { id: 'sh', aliases: ['shell'], policy: 'run' },
  { id: 'html', aliases: [], policy: 'save' },
];
const python = { language: 'python', code: '1' };

test('aliases in any case run', () => {
  const blocks = [python, { language: 'PY', code: '2' }, { language: ' Shell ', code: '3' }];
  expect(selectRunnable(blocks, languages)).toEqual({ blocks, skipped: [] });
});

test('output, data and text that a model shows are skipped with a note each', () => {
  const blocks = [{ language: '', code: 'x' }, python, { language: 'json', code: '{}' }, { language: 'html', code: '<p>' }];
  const { blocks: kept, skipped } = selectRunnable(blocks, languages);
  expect(kept).toEqual([python]);
  expect(skipped).toEqual([
    'skipped block 1 of 4: a block without a language is not run here',
    'skipped block 3 of 4: "json" is not run here',
    'skipped block 4 of 4: "html" is not run here',
  ]);
});

test('a named file in a language that is only saved is kept for blocks that read it', () => {
  const page = { language: 'html', code: '<!-- filename: page.html -->\n<p>' };
  const other = { language: 'html', code: '<p>', filename: 'other.html' };
  expect(selectRunnable([page, other, python], languages)).toEqual({ blocks: [page, other, python], skipped: [] });
});

test('nothing to run is an error that lists the languages that run', () => {
  const page = { language: 'html', code: '<p>', filename: 'page.html' };
  expect(() => selectRunnable([page, { language: 'rust', code: '' }], languages)).toThrow(
    'Nothing to run: expected code in one of the languages python, sh; got "html", "rust".',
  );
});
