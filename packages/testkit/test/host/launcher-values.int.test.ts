import { expect } from 'vitest';
import { inEachShell, outputOf } from './each-shell.ts';

/** The first characters of Unicode except NUL, and texts with a special meaning in shells. */
const HOSTILE: readonly string[] = [
  Array.from({ length: 0x17f }, (_, index) => String.fromCodePoint(index + 1)).join(''),
  '',
  '\n',
  '\n\na\n\n',
  ' leading and trailing ',
  '\t\r\n',
  '-n',
  '--',
  '\'"`$(touch pwned)${HOME}\\',
  '*',
  '~',
  '=x',
  '+x',
  '#5',
  '🙂\u0301',
  `${'long\n'.repeat(1_000)}\n`,
  'x'.repeat(100_000),
];

inEachShell('arguments arrive verbatim', async (make) => {
  const { sandbox } = await make();
  const output = await outputOf(sandbox, { argv: ['/usr/bin/printf', '%s\\0', ...HOSTILE] });
  expect(output.toString()).toBe(HOSTILE.map((value) => `${value}\0`).join(''));
  expect(await sandbox.stat({ path: 'pwned' })).toBeNull();
});

inEachShell('variables arrive verbatim, even if a shell uses their names', async (make) => {
  const { sandbox } = await make();
  const plain = Object.fromEntries(HOSTILE.map((value, index) => [`VALUE_${index}`, value]));
  const special = {
    IFS: 'xyz',
    OPTIND: 'no number',
    UID: '7',
    PPID: '8',
    LC_ALL: 'C',
    PWD: '/nowhere',
    BASH_ENV: '/etc/passwd',
    PS4: '$(id)',
  };
  const own = { sp_nonce: 'a', sp_value: 'b', sp_line: 'c', line: 'd', n: 'e', RANDOM: 'f', SECONDS: 'g', TMOUT: '1', LINENO: 'h' };
  const env = { ...plain, ...special, ...own };
  const output = await outputOf(sandbox, { argv: ['env', '-0'], env });
  const seen = Object.fromEntries(
    output
      .toString()
      .split('\0')
      .map((entry) => [entry.split('=')[0], entry.slice(entry.indexOf('=') + 1)]),
  );
  expect(seen).toMatchObject(env);
});

inEachShell('a program receives nothing from the launcher except its mark', async (make) => {
  const { sandbox } = await make();
  const script =
    'env -0; printf "|"; for fd in 0 1 2 3 4 5 6 7 8 9; do (eval ": >&$fd") && printf "%s " $fd; done 2>/dev/null; printf "|"; while read -r l; do echo "$l"; done </proc/$$/status';
  const [environment = '', descriptors = '', status = ''] = (await outputOf(sandbox, { argv: ['/bin/dash', '-c', script] }))
    .toString()
    .split('|');
  const names = environment.split('\0').map((entry) => entry.split('=')[0]);
  const allowed = ['HOME', 'LANG', 'PATH', 'PWD', 'SANDPOD_HOST', 'SANDPOD_RUN', 'SHLVL', '_', ''];
  expect(names.filter((name) => !allowed.includes(name ?? ''))).toEqual([]);
  expect(descriptors.trim().split(' ')).toEqual(['0', '1', '2']);
  expect(status).toMatch(/SigIgn:\s+0+\n/);
});

inEachShell('a program whose name has "=" runs, also with variables that env must set', async (make) => {
  const { sandbox } = await make();
  await sandbox.run({ command: 'printf "#!/bin/sh\\necho \\"\\$IFS-\\$1\\"\\n" >./a=b; chmod +x ./a=b' });
  expect((await sandbox.run({ argv: ['./a=b', 'x y'] })).stdout.trim()).toMatch(/-x y$/);
  expect((await sandbox.run({ argv: ['./a=b', 'x y'], env: { LD_PRELOAD: '' } })).stdout.trim()).toMatch(/-x y$/);
});

inEachShell('thousands of arguments arrive', async (make) => {
  const { sandbox } = await make();
  const many = Array.from({ length: 2_000 }, (_, index) => `${index}`);
  expect((await sandbox.run({ argv: ['sh', '-c', 'echo "$# $2000"', 'sh', ...many] })).stdout).toMatch(/^2000 /);
});
