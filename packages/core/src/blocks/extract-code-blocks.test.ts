import { describe, expect, it } from 'vitest';
import { extractCodeBlocks } from './extract-code-blocks.ts';

function codes(markdown: string): string[] {
  return extractCodeBlocks(markdown).map(({ code }) => code);
}

function languages(markdown: string): string[] {
  return extractCodeBlocks(markdown).map(({ language }) => language);
}

describe('fences', () => {
  it('finds several blocks in order, with their languages', () => {
    const markdown = 'First:\n\n```python\nprint(1)\n```\n\nthen\n\n```bash\necho 2\n```\nend';
    expect(extractCodeBlocks(markdown)).toEqual([
      { code: 'print(1)\n', language: 'python' },
      { code: 'echo 2\n', language: 'bash' },
    ]);
  });

  it('keeps empty lines, indentation, tabs and spaces at line ends', () => {
    const code = '\n\nif x:\n\ty = "a"  \n    z = 1\n\n';
    expect(codes(`\`\`\`python\n${code}\`\`\``)).toEqual([code]);
  });

  it('returns an empty block for an empty fence', () => {
    expect(codes('```\n```')).toEqual(['']);
    expect(codes('```\n\n```')).toEqual(['\n']);
  });

  it('treats CRLF and CR as line breaks', () => {
    expect(extractCodeBlocks('text\r\n\r\n```python\r\na = 1\r\n\r\nb = 2\r\n```\r\nend')).toEqual([
      { code: 'a = 1\n\nb = 2\n', language: 'python' },
    ]);
    expect(codes('```\ra\r```\r')).toEqual(['a\n']);
  });

  it.each([
    ['~~~\na\n~~~', ['a\n']],
    ['~~~ python\na\n```\nb\n~~~', ['a\n```\nb\n']],
    ['```\na\n~~~\nb\n```', ['a\n~~~\nb\n']],
    ['~~~ a`b ~~~x\nc\n~~~', ['c\n']],
    ['``` a`b\nc\n```', ['']],
    ['``\na\n``', []],
    ['~~\na\n~~', []],
    ['a ```\nb\n```', []],
    ['\\```\na\n', []],
    ['```python print(1)```\n', []],
    ['`` ` ```\n', []],
  ])('distinguishes backticks, tildes and inline code in %j', (markdown, expected) => {
    expect(codes(markdown)).toEqual(expected);
  });

  it('reads a fence that interrupts a paragraph, and the paragraph after it', () => {
    expect(codes('text\n```\na\n```\ntext')).toEqual(['a\n']);
  });

  it.each([
    ['````markdown\n```python\nprint(1)\n```\n````', ['```python\nprint(1)\n```\n']],
    ['````\n```\na\n````', ['```\na\n']],
    ['~~~~\n~~~\na\n~~~\n~~~~', ['~~~\na\n~~~\n']],
    ['```\na\n`````', ['a\n']],
    ['````\na\n```\nb\n````\n```\nc\n```', ['a\n```\nb\n', 'c\n']],
    ['```\na\n``` python\nb\n```', ['a\n``` python\nb\n']],
    ['```\na\n``` \t\nb', ['a\n']],
  ])('closes a fence only at a fence that is at least as long and alone on its line: %j', (markdown, expected) => {
    expect(codes(markdown)).toEqual(expected);
  });

  it.each([
    ['```python\nprint(1)', ['print(1)\n']],
    ['```python\nprint(1)\n', ['print(1)\n']],
    ['```python\nprint(1)\n\n', ['print(1)\n\n']],
    ['```python', ['']],
    ['```python\n', ['']],
    ['text\n```a\nb\n```\n```c\nd', ['b\n', 'd\n']],
  ])('reads an unclosed fence to the end: %j', (markdown, expected) => {
    expect(codes(markdown)).toEqual(expected);
  });

  it.each([
    [' ```\n a\n  b\nc\n ```', ['a\n b\nc\n']],
    ['   ```\n   a\n     b\n  c\n   ```', ['a\n  b\nc\n']],
    ['```\na\n   ```\nb', ['a\n']],
    ['```\na\n    ```\nb\n```', ['a\n    ```\nb\n']],
    ['    ```\n    a\n    ```', []],
    ['\t```\n\ta\n\t```', []],
    ['text\n    ```\n    a\n    ```', []],
    ['  ```\n\ta\n  ```', ['  a\n']],
  ])('removes up to three columns of indentation: %j', (markdown, expected) => {
    expect(codes(markdown)).toEqual(expected);
  });
});

describe('info strings', () => {
  it.each([
    ['', ''],
    ['   ', ''],
    ['python', 'python'],
    [' python', 'python'],
    ['\tpython  ', 'python'],
    ['Python', 'Python'],
    ['python title=x', 'python'],
    ['python filename="a.py"', 'python'],
    ['python {linenos}', 'python'],
    ['js{1,3}', 'js'],
    ['rust,ignore', 'rust'],
    ['python:main.py', 'python'],
    ['{.python}', 'python'],
    ['{ .python .numberLines startFrom="10" }', 'python'],
    ['{#id .python}', 'python'],
    ['{python}', 'python'],
    ['{r, echo=FALSE}', 'r'],
    ['{code-cell} ipython3', 'ipython3'],
    ['{code-block} python', 'python'],
    ['{code}', ''],
    ['python3.11', 'python3.11'],
    ['{=html}', ''],
    ['{#id}', ''],
    ['{title=x}', ''],
    ['{}', ''],
    ['{', ''],
    ['c++', 'c++'],
    ['c#', 'c#'],
    ['objective-c', 'objective-c'],
    ['c\\+\\+', 'c++'],
    ['日本', '日本'],
  ])('%j specifies the language %j', (info, language) => {
    expect(extractCodeBlocks(`\`\`\`${info}\na\n\`\`\``)).toEqual([{ code: 'a\n', language }]);
  });

  it('uses the default language for blocks without a language', () => {
    const markdown = '```\nprint(1)\n```\n```js\n1\n```\n``` {}\n2\n```';
    expect(languages(markdown)).toEqual(['', 'js', '']);
    expect(extractCodeBlocks(markdown, { defaultLanguage: 'python' }).map(({ language }) => language)).toEqual(['python', 'js', 'python']);
  });

  it('never uses an attribute as a file name', () => {
    expect(extractCodeBlocks('```python filename=a.py title=b.py\n1\n```')).toEqual([{ code: '1\n', language: 'python' }]);
  });
});

describe('containers', () => {
  it.each([
    ['- ```python\n  a\n    b\n  ```', ['a\n  b\n']],
    ['1. Do this:\n\n   ```\n   a\n   ```\n\n2. and this:\n   ```\n   b\n   ```', ['a\n', 'b\n']],
    ['10. x\n\n    ```\n    a\n    ```', ['a\n']],
    ['- x\n  - y\n\n    ```\n    a\n\n    b\n    ```\n', ['a\n\nb\n']],
    ['- x\n\n      ```\n      a\n      ```', []],
    ['-\n  ```\n  a\n  ```', ['a\n']],
    ['-\n\n  ```\n  a\n  ```', ['a\n']],
    ['1.\n\n    ```\n    a\n', []],
    ['- ```\n  a\nb\n', ['a\n']],
    ['- ```\n\n  a\n\n  ```', ['\na\n\n']],
    ['-\t```\n\ta\n\t\tb\n\t```', ['a\n\tb\n']],
    ['- x\nlazy\n  ```\n  a\n  ```', ['a\n']],
    ['- - x\nlazy\n    ```\n    a\n    ```', ['a\n']],
    ['- x\n\nnot lazy\n    ```\n    a\n', []],
    ['x\n2. ```\n   a\n', []],
    ['x\n1. ```\n   a\n', ['a\n']],
    ['* * *\n```\na\n```', ['a\n']],
    ['-x\n```\na\n```', ['a\n']],
  ])('reads fences in list items: %j', (markdown, expected) => {
    expect(codes(markdown)).toEqual(expected);
  });

  it.each([
    ['> ```python\n> a\n>\n>  b\n> ```', ['a\n\n b\n']],
    ['>```\n>a\n>```', ['a\n']],
    ['> ```\n> a\nb\n```\nc\n```', ['a\n', 'c\n']],
    ['> > ```\n> > a\n> > ```', ['a\n']],
    ['> - ```\n>   a\n>   ```', ['a\n']],
    ['- > ```\n  > a\n  > ```', ['a\n']],
    ['>\t```\n>\ta', ['a\n']],
    ['```\n> a\n```', ['> a\n']],
    ['    > ```\n    > a', []],
  ])('reads fences in quotes: %j', (markdown, expected) => {
    expect(codes(markdown)).toEqual(expected);
  });

  it('ends a fence in a list item at the first line that is not indented, as CommonMark does', () => {
    expect(extractCodeBlocks('1. Run:\n   ```python\nprint(1)\n   ```')).toEqual([
      { code: '', language: 'python' },
      { code: '', language: '' },
    ]);
  });

  it('finds every block in a typical list of steps from a model', () => {
    const markdown =
      '1. **Install**:\n   ```bash\n   pip install x\n   ```\n2. **Run**:\n\n   ```python\n   if True:\n       print(1)\n   ```\n\nDone.';
    expect(extractCodeBlocks(markdown)).toEqual([
      { code: 'pip install x\n', language: 'bash' },
      { code: 'if True:\n    print(1)\n', language: 'python' },
    ]);
  });
});

describe('raw HTML', () => {
  it.each([
    ['<!--\n```\na\n```\n-->\n```\nb\n```', ['b\n']],
    ['<!-- x --> y\n```\nb\n```', ['b\n']],
    ['<!--\n```\na\n```', []],
    ['<pre>\n```\na\n```\n</pre>\n```\nb\n```', ['b\n']],
    ['<script>\n\n```\na\n```\n</script>', []],
    ['<?php\n```\na\n```\n?>', []],
    ['<![CDATA[\n```\na\n```\n]]>', []],
    ['> <!--\n> ```\n> a\n\n```\nb\n```', ['b\n']],
    ['text <!--\n```\nb\n```', ['b\n']],
  ])('ignores fences that are part of raw HTML: %j', (markdown, expected) => {
    expect(codes(markdown)).toEqual(expected);
  });

  it.each(['<answer>', '<details>', '<details><summary>Code</summary>', '</think>', '<br/>', '<prefix>'])(
    'finds a fence directly below %s',
    (tag) => {
      expect(extractCodeBlocks(`${tag}\n\`\`\`python\nprint(1)\n\`\`\`\n</answer>`)).toEqual([{ code: 'print(1)\n', language: 'python' }]);
    },
  );
});

describe('other text', () => {
  it.each(['', '\n', 'no code', 'print(1)', '# ```', '    code', '`a`', '| ``` |'])('finds no blocks in %j', (markdown) => {
    expect(extractCodeBlocks(markdown)).toEqual([]);
  });

  it('keeps NUL, characters outside the basic plane and unusual spaces', () => {
    const code = 'a\0b 😀 \u2028 \u00a0\f\v\n';
    expect(codes(`\`\`\`\n${code}\`\`\``)).toEqual([code]);
  });

  it('takes linear time for hostile text', { timeout: 120_000 }, () => {
    const pieces = [
      '>',
      '> ',
      '- ',
      '1. ',
      '`',
      'a ```\n',
      'a```\n',
      '```\n',
      '> ```\n',
      '* ',
      '_ ',
      '\t',
      ' \t',
      '<!--',
      '<!--\n',
      '\\`',
      '-\n',
      '>>>>\n- - - -\n',
      '~~~ `\n',
      '=\n',
      'a\n=\n',
      '[',
      '{',
      '#',
    ];
    for (const piece of pieces) {
      for (const markdown of [
        piece.repeat(100_000),
        `\`\`\`${piece.repeat(100_000)}`,
        `${'> - '.repeat(30)}a\n${`${piece}\n`.repeat(10_000)}`,
      ]) {
        const start = performance.now();
        extractCodeBlocks(markdown);
        expect([piece, markdown.length, performance.now() - start < 10_000]).toEqual([piece, markdown.length, true]);
      }
    }
  });
});
