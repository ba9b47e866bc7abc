import type { SpawnOptions } from '@sandpod/core';
import { expect, test } from 'vitest';
import { encodeRun } from './run-header.ts';

const HEADER = { id: 'id', graceMs: 2_000, stdin: 'none' } as const;

const encoded = (options: SpawnOptions): string => Buffer.concat([...encodeRun(options, HEADER)]).toString();

test('a header lists all that the launcher needs, in its order', () => {
  const lines = encoded({ argv: ['prog', 'x y'], env: { A: '1' }, timeoutMs: 1_005, files: [{ path: 'f', content: 'text' }] });
  const files = ['=1', '=f', '=text', '=text'];
  expect(lines.split('\n')).toEqual([
    '=id',
    '=101',
    '=200',
    '=none',
    ...files,
    '=.',
    '=0',
    '=1',
    '=A=1',
    '=0',
    '=prog',
    '=2',
    '=prog',
    '=x y',
    '=go',
    '',
  ]);
});

test('a command is an argument of the shell, not text of ours', () => {
  expect(encoded({ command: 'echo "$HOME"; exit 3' })).toContain('=sh\n=3\n=sh\n=-c\n=echo "$HOME"; exit 3\n=go\n');
});

test('variables that mean something to a shell are set by env', () => {
  for (const name of ['IFS', 'OPTIND', 'LD_PRELOAD', 'LC_ALL', 'UID', 'PWD', 'BASH_ENV', 'TMOUT', 'sp_nonce']) {
    expect(encoded({ argv: ['prog'], env: { [name]: 'v' } })).toContain(`=0\n=1\n=prog\n=2\n=${name}=v\n=prog\n=go\n`);
  }
  expect(encoded({ argv: ['a=b'], env: { IFS: 'v' } })).toContain('=1\n=a=b\n=6\n=IFS=v\n=sh\n=-c\n=exec "$@"\n=sh\n=a=b\n=go\n');
});

test.each([
  ['at most 131071 bytes in argument 1, which', { argv: ['prog', 'x'.repeat(200_000)] }],
  [
    'at most 131071 bytes in the variable BIG and its name, which is the maximum on Linux, given 200004',
    { argv: ['prog'], env: { BIG: 'x'.repeat(200_000) } },
  ],
  ['in all arguments and variables together', { argv: ['prog', ...Array.from({ length: 20 }, () => 'x'.repeat(100_000))] }],
] as const)('what Linux cannot pass on is refused before anything starts: %s', (message, options) => {
  let error: unknown;
  try {
    encoded(options as SpawnOptions);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ code: 'invalid-options', message: expect.stringContaining(message) });
});
