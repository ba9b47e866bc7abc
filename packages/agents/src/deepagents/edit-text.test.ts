import { expect, test } from 'vitest';
import { longestBlockMs, MAX_BLOCK_MS } from '../../test/longest-block.ts';
import { editText } from './edit-text.ts';

test('replaces one or all occurrences, which do not overlap', async () => {
  const edit = (oldString: string, replaceAll: boolean): Promise<unknown> =>
    editText('aaa b aaa', { oldString, newString: '$&', replaceAll });
  expect(await edit('b', false)).toEqual({ text: 'aaa $& aaa', occurrences: 1 });
  expect(await edit('aa', true)).toEqual({ text: '$&a b $&a', occurrences: 2 });
  expect(await edit('aa', false)).toEqual({ problem: 'several' });
  expect(await edit('c', true)).toEqual({ problem: 'missing' });
});

test('limits its work for hostile files and patterns', async () => {
  const text = 'a'.repeat(2 * 1024 * 1024);
  const blockMs = await longestBlockMs(async () => {
    expect(await editText(text, { oldString: 'a', newString: 'bb', replaceAll: true })).toEqual({ problem: 'too-many' });
    const oldString = `${'a'.repeat(500)}b${'a'.repeat(500)}`;
    expect(await editText(text, { oldString, newString: '', replaceAll: true })).toEqual({ problem: 'missing' });
  });
  expect(blockMs).toBeLessThan(MAX_BLOCK_MS);
});
