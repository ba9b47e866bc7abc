import { extractCodeBlocks } from '@sandpod/core';
import { expect, test } from 'vitest';
import { showBlocks } from './show-blocks.ts';

test('the code shown is the code that runs, even with fences in it', async () => {
  const blocks = [
    { code: 'print(1)\n', language: 'python' },
    { code: 'cat <<X\n```\n`````\nX\n', language: 'sh' },
  ];
  const { markdown, warnings } = await showBlocks(blocks);
  expect(extractCodeBlocks(markdown)).toEqual(blocks);
  expect(warnings).toEqual([]);
});

test('characters that hide or reorder code are shown as escapes, with a warning', async () => {
  const code = 'a = 1 # \u202e\u2066 } \u200b\u3164\u0000\r\u{e0041}\tend';
  expect(await showBlocks([{ code, language: 'python' }])).toEqual({
    markdown:
      '```python\na = 1 # \\u{202e}\\u{2066} } \\u{200b}\\u{3164}\\u{0}\\u{d}\\u{e0041}\tend\n```\n\n' +
      'Warning: Hidden characters are shown as escapes such as \\u{202e}.',
    warnings: ['Hidden characters are shown as escapes such as \\u{202e}.'],
  });
});

test('code after many blanks and on long lines is in sight, and a warning appears once', async () => {
  const code = `print("hi")${' '.repeat(300)}; import shutil  # ${'x'.repeat(200)}`;
  const { markdown, warnings } = await showBlocks([1, 2].map(() => ({ code, language: 'python' })));
  expect(markdown).toContain('print("hi")[... 300 blanks ...]; import shutil');
  expect(Math.max(...markdown.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  expect(warnings).toHaveLength(1);
});
