import { describe, expect, it } from 'vitest';
import { extractCodeBlocks } from './extract-code-blocks.ts';

const text = (...lines: string[]): string => `${lines.join('\n')}\n`;

describe('extractCodeBlocks', () => {
  it('finds blocks in order with their languages', () => {
    const markdown = text('First:', '```python', 'print(1)', '```', 'then', '``` bash', 'ls', '```');
    expect(extractCodeBlocks(markdown)).toEqual([
      { code: 'print(1)\n', language: 'python' },
      { code: 'ls\n', language: 'bash' },
    ]);
  });

  it('finds nothing in prose', () => {
    expect(extractCodeBlocks('No code, only `inline` and ```inline too```.\n')).toEqual([]);
    expect(extractCodeBlocks('')).toEqual([]);
  });

  it.each([
    ['python', 'python'],
    ['Python', 'Python'],
    ['python title="a b.py"', 'python'],
    ['python {linenos}', 'python'],
    ['python{1,3}', 'python'],
    ['{.python}', 'python'],
    ['{ .python #id }', 'python'],
    ['python:main.py', 'python'],
    ['c++', 'c++'],
    ['', ''],
  ])('reads the language of the info string %j', (info, language) => {
    expect(extractCodeBlocks(text(`\`\`\`${info}`, 'x', '```'))).toEqual([{ code: 'x\n', language }]);
  });

  it('gives fences without a language the default one', () => {
    expect(extractCodeBlocks(text('```', 'x', '```'), { defaultLanguage: 'python' })).toEqual([{ code: 'x\n', language: 'python' }]);
  });

  it('keeps shorter fences inside longer ones as code', () => {
    const inner = ['```python', 'print(1)', '```'];
    expect(extractCodeBlocks(text('````markdown', ...inner, '````'))).toEqual([{ code: text(...inner), language: 'markdown' }]);
  });

  it('keeps the other kind of fence as code', () => {
    expect(extractCodeBlocks(text('~~~sh', '```', 'x', '```', '~~~'))).toEqual([{ code: text('```', 'x', '```'), language: 'sh' }]);
    expect(extractCodeBlocks(text('~~~ a`b', 'x', '~~~'))).toEqual([{ code: 'x\n', language: 'a`b' }]);
  });

  it('ends an unclosed fence with the text', () => {
    expect(extractCodeBlocks('```python\nprint(1)\n\nprint(2)')).toEqual([{ code: 'print(1)\n\nprint(2)\n', language: 'python' }]);
    expect(extractCodeBlocks('```python')).toEqual([{ code: '', language: 'python' }]);
  });

  it('does not close on a fence with an info string, a shorter fence or text behind it', () => {
    const code = text('```python', '```` x', '````');
    expect(extractCodeBlocks(`\`\`\`\`\n${code}`)).toEqual([{ code: text('```python', '```` x'), language: '' }]);
  });

  it('strips the indentation of the fence from the code, and no more', () => {
    expect(extractCodeBlocks(text('  ```python', '  if x:', '      y()', ' z', '  ```'))).toEqual([
      { code: text('if x:', '    y()', 'z'), language: 'python' },
    ]);
  });

  it('takes four spaces for an indented block, except in a list', () => {
    expect(extractCodeBlocks(text('    ```python', '    x', '    ```'))).toEqual([]);
    expect(extractCodeBlocks(text('1. Do:', '', '    ```python', '    x', '    ```', '2. Done'))).toEqual([
      { code: 'x\n', language: 'python' },
    ]);
  });

  it('finds fences behind list markers and in nested lists', () => {
    expect(extractCodeBlocks(text('- ```sh', '  ls', '  ```', '  * deeper', '', '    ```py', '    x', '    ```'))).toEqual([
      { code: 'ls\n', language: 'sh' },
      { code: 'x\n', language: 'py' },
    ]);
  });

  it('takes code in a list that a model forgot to indent', () => {
    expect(extractCodeBlocks(text('1. Run:', '   ```python', 'print(1)', '   ```'))).toEqual([{ code: 'print(1)\n', language: 'python' }]);
  });

  it('strips block quotes, and ends the code where they end', () => {
    expect(extractCodeBlocks(text('> ```python', '> a = 1', '>', '>   b', '> ```', 'out'))).toEqual([
      { code: text('a = 1', '', '  b'), language: 'python' },
    ]);
    expect(extractCodeBlocks(text('> ```python', '> a', 'not code', '```sh', 'b', '```'))).toEqual([
      { code: 'a\n', language: 'python' },
      { code: 'b\n', language: 'sh' },
    ]);
  });

  it('reads CRLF and gives line feeds', () => {
    expect(extractCodeBlocks('```python\r\na\r\n\r\nb\r\n```\r\n')).toEqual([{ code: 'a\n\nb\n', language: 'python' }]);
  });

  it('does not take rulers for lists', () => {
    expect(extractCodeBlocks(text('* * *', '    ```', '    x', '    ```'))).toEqual([]);
  });

  it('reads a long hostile text in linear time', () => {
    const startedMs = performance.now();
    extractCodeBlocks(`${'> '.repeat(20_000)}\n${'- '.repeat(20_000)}\n${'`'.repeat(200_000)}\n${' \t'.repeat(100_000)}`);
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });
});
