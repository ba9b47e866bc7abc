import { extractCodeBlocks } from '@sandpod/core';
import { expect, test } from 'vitest';
import { blocksToMarkdown } from './blocks-to-markdown.ts';

test('the code shown is the code that runs, even with fences in it', () => {
  const blocks = [
    { code: 'print(1)\n', language: 'python' },
    { code: 'cat <<X\n```\n`````\nX\n', language: 'sh' },
  ];
  expect(extractCodeBlocks(blocksToMarkdown(blocks))).toEqual(blocks);
});

test('characters that hide or reorder code are shown as escapes', () => {
  const code = 'a = 1 # \u202e\u2066 } \u200b\u0000\r\u{e0041}\tend';
  expect(blocksToMarkdown([{ code, language: 'python' }])).toBe(
    '```python\na = 1 # \\u{202e}\\u{2066} } \\u{200b}\\u{0}\\u{d}\\u{e0041}\tend\n```',
  );
});
