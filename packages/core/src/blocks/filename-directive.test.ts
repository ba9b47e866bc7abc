import { describe, expect, it } from 'vitest';
import { findFilenameDirective } from './filename-directive.ts';

describe('findFilenameDirective', () => {
  it.each([
    ['# filename: test.py', 'test.py'],
    ['# filename:test.py', 'test.py'],
    ['#filename:test.py', 'test.py'],
    ['#   filename:   test.py   ', 'test.py'],
    ['#\tfilename:\ttest.py', 'test.py'],
    ['// filename: test.js', 'test.js'],
    ['//filename: test.js', 'test.js'],
    ['/* filename: test.css */', 'test.css'],
    ['/*filename:test.css*/', 'test.css'],
    ['/* filename: test.css */   ', 'test.css'],
    ['<!-- filename: test.html -->', 'test.html'],
    ['<!--filename:test.html-->', 'test.html'],
    ['# filename: sub/a.py', 'sub/a.py'],
    ['# filename: /tmp/test.py', '/tmp/test.py'],
    ['# filename: ../x.py', '../x.py'],
    ['# filename: a:b.py', 'a:b.py'],
    ['# filename: a b.py', 'a b.py'],
    ['# filename: a.py # note', 'a.py # note'],
    ['# filename: $(id).py', '$(id).py'],
    ['# filename: <a.py>', '<a.py>'],
    ['# filename: .', '.'],
    ['# filename: -c', '-c'],
    ['# filename: `test.py`', 'test.py'],
    ['// filename: ``sub/a b.js``', 'sub/a b.js'],
    ['<!-- filename: "test.html" -->', 'test.html'],
    ["# filename: 'test.py'", 'test.py'],
    ['# filename: `id`.py', '`id`.py'],
    ["# filename: it's.py", "it's.py"],
    ['\uFEFF# filename: test.py', 'test.py'],
    ['\n# filename: test.py', 'test.py'],
    [' \t\r\n\n# filename: test.py', 'test.py'],
    ['#!/bin/bash\n# filename: test.sh', 'test.sh'],
    ['#!/usr/bin/env python3\r\n\r\n# filename: test.py', 'test.py'],
    ['\n#!/bin/sh\n\n# filename: test.sh', 'test.sh'],
  ])('finds in %j: %j', (line, name) => {
    expect(findFilenameDirective(line)).toBe(name);
    expect(findFilenameDirective(`${line}\nprint(1)\n`)).toBe(name);
    expect(findFilenameDirective(`${line}\r\nprint(1)\r\n`)).toBe(name);
  });

  it.each([
    '',
    '\n',
    '# filename:',
    '# filename:   ',
    '#filename',
    '/* filename: */',
    '/* filename: test.css',
    '/* filename: test.css */ a { }',
    '<!-- filename: -->',
    '<!-- filename: test.html',
    '# test.py',
    '# this adds numbers',
    '# the filename: test.py',
    '# filenames: test.py',
    '# file name: test.py',
    '# Filename: test.py',
    ' # filename: test.py',
    '-- filename: test.sql',
    'filename: test.py',
    'x = 1 # filename: test.py',
    '\n\n',
    '#!/bin/bash',
    '#!/bin/bash\n',
    '# filename: ``',
    '# filename: ""',
    'import sys\n# filename: test.py',
    '#!/bin/bash\n#!/bin/sh\n# filename: test.sh',
    '#!/bin/bash\nset -e\n# filename: test.sh',
    '\n # filename: test.py',
    '# filename: a\rb.py',
  ])('finds nothing in %j', (code) => {
    expect(findFilenameDirective(code)).toBeUndefined();
  });

  it('takes linear time for hostile lines', () => {
    const hostile = [
      `/* filename:${'*/ '.repeat(100_000)}x`,
      `<!-- filename:${'--> '.repeat(100_000)}x`,
      `#${' '.repeat(300_000)}x`,
      `# filename:${'`'.repeat(300_000)}`,
      `# filename:${'` '.repeat(300_000)}x`,
      `${' \t\r'.repeat(100_000)}x`,
      `${' \n'.repeat(100_000)}x`,
      '\n#!'.repeat(100_000),
    ];
    for (const code of hostile) {
      const start = performance.now();
      findFilenameDirective(code);
      expect([code.slice(0, 20), performance.now() - start < 1_000]).toEqual([code.slice(0, 20), true]);
    }
  });
});
