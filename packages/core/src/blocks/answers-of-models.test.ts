import { describe, expect, it } from 'vitest';
import { extractCodeBlocks } from './extract-code-blocks.ts';

function codes(markdown: string): string[] {
  return extractCodeBlocks(markdown).map(({ code }) => code);
}

/** Answers as models write them, and the blocks that a reader sees. */
const ANSWERS: readonly (readonly [name: string, answer: string, blocks: readonly (readonly [language: string, code: string])[]])[] = [
  [
    'thinking before the answer',
    '<think>\nUse ``` fences. Maybe ```python?\n</think>\n\nSure!\n\n```python\nprint(1)\n```\n\nOutput:\n\n```\n1\n```\n',
    [
      ['python', 'print(1)\n'],
      ['', '1\n'],
    ],
  ],
  [
    'headings, rules and a table between blocks',
    '## Step 1\n```sh\nls\n```\n---\n## Step 2\n\n| a | ``` |\n|---|---|\n| `x` | y |\n\n```js\n1\n```\n***\n',
    [
      ['sh', 'ls\n'],
      ['js', '1\n'],
    ],
  ],
  [
    'steps with bullets below them',
    '1. First:\n    * do this:\n      ```python\n      a = 1\n\n      b = 2\n      ```\n    * then that\n2. Second:\n\n    ```bash\n    echo 1\n    ```\n',
    [
      ['python', 'a = 1\n\nb = 2\n'],
      ['bash', 'echo 1\n'],
    ],
  ],
  [
    'a file shown in a longer fence',
    'Create `README.md`:\n\n````markdown\n# Tool\n```bash\npip install tool\n```\n````\n\nand run:\n\n```bash\ncat README.md\n```',
    [
      ['markdown', '# Tool\n```bash\npip install tool\n```\n'],
      ['bash', 'cat README.md\n'],
    ],
  ],
  [
    'a quote of the person, and a block without a blank line before it',
    '> how do I print?\n> ```\n> print 1\n> ```\nLike this:\n```python\nprint(1)\n```\nDone.',
    [
      ['', 'print 1\n'],
      ['python', 'print(1)\n'],
    ],
  ],
  [
    'details, and a block that was cut off',
    '<details>\n<summary>Code</summary>\n\n```python\nprint(1)\n```\n\n</details>\n\n~~~python\nprint(2)\nprin',
    [
      ['python', 'print(1)\n'],
      ['python', 'print(2)\nprin\n'],
    ],
  ],
  [
    'Windows line ends, a mark at the start, and text on the line of a fence',
    '\uFEFF```python\r\nprint(1)\r\n```\r\n**Then** run: ```sh\r\nls\r\n```\r\n',
    [
      ['python', 'print(1)\n'],
      ['sh', 'ls\n'],
    ],
  ],
  [
    'fences in strings of the code',
    '```python\ntext = "```"\nprint(f"```{text}```")\n# ends with ```\nprint(2)\n```\n\n```python\nprint(3)\n```',
    [
      ['python', 'text = "```"\nprint(f"```{text}```")\n# ends with ```\nprint(2)\n'],
      ['python', 'print(3)\n'],
    ],
  ],
];

it.each(ANSWERS)('finds the blocks of an answer with %s', (_name, answer, blocks) => {
  expect(extractCodeBlocks(answer).map(({ language, code }) => [language, code])).toEqual(blocks);
});

describe('mistakes of models', () => {
  it.each([
    ['\uFEFF```\na\n```', ['a\n']],
    ['\uFEFF\n```\n\uFEFFa\n```', ['\uFEFFa\n']],
  ])('ignores a byte order mark at the start: %j', (markdown, expected) => {
    expect(codes(markdown)).toEqual(expected);
  });

  it.each([
    ['Run this: ```python\na\n\nb\n```\nThen:\n```sh\nc\n```', ['a\n\nb\n', 'c\n']],
    ['Run this: ```python  \na\n```', ['a\n']],
    ['text\nmore: ```python\na\n```\n\n```\nb\n```', ['a\n', 'b\n']],
    ['Run ```python\na\n````\n```\nb\n```', ['a\n', 'b\n']],
    ['Run ````python\n```\na\n````\n```\nb\n```', ['```\na\n', 'b\n']],
    ['Run ```python\na```\n```sh\nb\n```', ['a\n', 'b\n']],
    ['1. Run ```python\n   if a:\n     b\n   ```\n2. Then\n   ```sh\n   c\n   ```', ['if a:\n  b\n', 'c\n']],
    ['1. Run ```python\na\n```\n2. Then\n   ```sh\n   c\n   ```', ['a\n', 'c\n']],
    ['> Run ```python\n> a\n> ```\n\n```sh\nb\n```', ['a\n', 'b\n']],
  ])('reads a block that starts at the end of a line, and the block after it: %j', (markdown, expected) => {
    expect(codes(markdown)).toEqual(expected);
  });

  it.each([
    ['Use ```\nthis\n``` here.\n\n```sh\nb\n```', ['b\n']],
    ['Use ```python\nthis\n``` here.\n\n```sh\nb\n```', ['b\n']],
    ['Use ```python\nthis```, please.\n\n```sh\nb\n```', ['b\n']],
    ['Begin it with ```python\n\n```\na\n```', ['a\n']],
    ['Begin it with ```\n\n```\na\n```', ['a\n']],
    ['Begin it with ```python\nas here:\n```python\na\n```', ['a\n']],
    ['Begin it with ```python\nas here:\n~~~\na\n~~~', ['a\n']],
    ['Begin it with ```python', []],
    ['Begin it with ```python\nand so on', []],
    ['The pair ``` and ```\n```\na\n```', ['a\n']],
    ['Not a fence: \\```\n```\na\n```', ['a\n']],
  ])('reads a fence in a text as text, if it does not start a block: %j', (markdown, expected) => {
    expect(codes(markdown)).toEqual(expected);
  });

  it.each([
    ['```python\na```', ['a\n']],
    ['```python\na\nb ```\n\n', ['a\nb \n']],
    ['```python\n# with ```\na```\nThen:\n```sh\nb\n```', ['# with ```\na\n', 'b\n']],
    ['```python\na```\n\nThen:\n\n```sh\nb\n```', ['a\n', 'b\n']],
    ['````python\na```\nb````\n\n````sh\nc\n````', ['a```\nb\n', 'c\n']],
    ['- ```python\n  a```\n- ```sh\n  b\n  ```', ['a\n', 'b\n']],
  ])('ends a block at a fence at the end of a line of code, if the block would take in the next one: %j', (markdown, expected) => {
    expect(codes(markdown)).toEqual(expected);
  });

  it.each([
    ['```python\na```\nb\n```\n', ['a```\nb\n']],
    ['```python\na````\n', ['a````\n']],
    ['```python\n# with ```\na', ['# with ```\na\n']],
    ['```\na \\```', ['a \\```\n']],
    ['```\n``` a ```', ['``` a ```\n']],
    ['```\n> ```\na\n- ```', ['> ```\na\n- ```\n']],
    ['~~~python\na~~~\n', ['a~~~\n']],
    ['```md\n`a````\n```sh\n```', ['`a````\n```sh\n']],
  ])('changes nothing in a block that ends as it should: %j', (markdown, expected) => {
    expect(codes(markdown)).toEqual(expected);
  });
});
