import assert from 'node:assert/strict';
import { expectInvalid, expectSandpodError } from '../../tools/expect-failure.ts';
import { forEachCase } from '../../tools/for-each-case.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

const VALUES: Readonly<Record<string, string>> = {
  QUOTES: `"double" 'single'`,
  DOLLAR: '$HOME ${HOME} $(id) `id`',
  LINES: 'first\nsecond\r\nthird\n',
  SPACES: '  a  b  ',
  EMPTY: '',
  EQUALS: 'a=b=c',
  BACKSLASH: '\\ \\n \\',
  UNICODE: 'ü💥',
  _lower_1: '-n -- * ? ~ ; & | # %s',
};

const BAD_NAMES = ['A=B', 'A\nB', '', '1A', 'A B', 'A-B', 'A;B', '$A', 'Ä', 'A\0'];
const BAD_DIRECTORIES = ['no/such/directory', '/no/such/directory', '/proc/self/fd/7', '../..', '..', 'a/../..', 'a\0b'];

/** Tests environment variables and the working directory. */
export const environmentTheme: SandboxTheme = {
  name: 'environment',
  tests: [
    {
      name: 'values arrive verbatim [row 14]',
      body: async (context) => {
        const names = Object.keys(VALUES);
        const { stdout } = await context.run(context.guest.printVariables(names), { env: VALUES });
        assert.deepEqual(stdout.split('\0').slice(0, -1), Object.values(VALUES));
      },
    },
    {
      name: 'values arrive unchanged in a command line [row 14]',
      body: async (context) => {
        const sandbox = await context.shared();
        for (const [name, value] of Object.entries(VALUES)) {
          const { stdout } = await sandbox.run({ command: `printf '%s|' "$${name}"`, env: VALUES });
          assert.equal(stdout, `${value}|`);
        }
      },
    },
    {
      name: 'invalid names are refused before anything starts [row 14]',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('env');
        const argv = context.guest.argv(context.guest.saveFile({ path, text: 'x' }));
        await forEachCase(BAD_NAMES, (name) => expectInvalid(sandbox.run({ argv, env: { [name]: 'value' } }), 'env'));
        assert.equal(await sandbox.stat({ path }), null);
      },
    },
    {
      name: 'a value with NUL is refused',
      body: async (context) => {
        const sandbox = await context.shared();
        await expectInvalid(sandbox.run({ argv: context.guest.argv(''), env: { NAME: 'a\0b' } }), 'env');
      },
    },
    {
      name: 'LD_PRELOAD and similar variables do not affect a run [row 14]',
      body: async (context) => {
        const env = { LD_PRELOAD: '/no/such.so', BASH_ENV: '/no/such', ENV: '/no/such', IFS: 'x', PS4: '$(id)' };
        const { exitCode, stdout } = await context.run(context.guest.print({ stdout: 'undisturbed' }), { env });
        assert.deepEqual([exitCode, stdout], [0, 'undisturbed']);
      },
    },
    {
      name: 'the user has a name, localhost has an address, and without a network, other names fail soon',
      needs: ['real-kernel', 'contained'],
      body: async (context) => {
        const { stdout } = await context.run(context.guest.printVariables(['USER', 'LOGNAME']));
        for (const name of stdout.split('\0').slice(0, -1)) assert.match(name, /^[a-z]+$/);
        assert.equal((await context.run(context.guest.resolveName({ host: 'localhost' }))).stdout, 'resolved\n');
        const startedMs = performance.now();
        assert.equal((await context.run(context.guest.resolveName({ host: 'no-such-name.example.com' }))).stdout, 'refused\n');
        assert.ok(performance.now() - startedMs < context.scaled(4_000), 'expected the lookup to fail soon');
      },
    },
    {
      name: 'variables of a run do not affect the next run',
      body: async (context) => {
        await context.run(context.guest.print({}), { env: { ONLY_ONCE: 'secret' } });
        assert.equal((await context.run(context.guest.printVariables(['ONLY_ONCE']))).stdout, '\0');
      },
    },
    {
      name: 'the default working directory is the workspace',
      body: async (context) => {
        const sandbox = await context.shared();
        assert.ok(sandbox.workspace.startsWith('/'), 'expected an absolute workspace');
        assert.equal((await context.run(context.guest.printWorkingDirectory(), { sandbox })).stdout, `${sandbox.workspace}\n`);
      },
    },
    {
      name: 'a working directory can be relative to the workspace or absolute, with any characters',
      body: async (context) => {
        const sandbox = await context.shared();
        for (const name of ['plain', 'with space', "it's $HOME", '-n', 'deep/er']) {
          const cwd = `${context.unique('cwd')}/${name}`;
          await sandbox.writeTextFile({ path: `${cwd}/file`, content: '' });
          const expected = `${sandbox.workspace}/${cwd}\n`;
          for (const given of [cwd, `${sandbox.workspace}/${cwd}`]) {
            assert.equal((await context.run(context.guest.printWorkingDirectory(), { sandbox, cwd: given })).stdout, expected);
          }
        }
      },
    },
    {
      name: 'a working directory that is missing, malicious or outside the workspace is refused, and nothing starts [row 13]',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('cwd-refused');
        const argv = context.guest.argv(context.guest.saveFile({ path: `${sandbox.workspace}/${path}`, text: 'x' }));
        await forEachCase(BAD_DIRECTORIES, (cwd) =>
          expectSandpodError(sandbox.run({ argv, cwd }), 'invalid-cwd', 'invalid-options', 'invalid-path', 'path-outside-workspace'),
        );
        assert.equal(await sandbox.stat({ path }), null);
      },
    },
    {
      name: 'a file is refused as a working directory',
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('file');
        await sandbox.writeTextFile({ path, content: 'x' });
        await expectSandpodError(sandbox.run({ argv: context.guest.argv(''), cwd: path }), 'invalid-cwd', 'not-directory');
      },
    },
  ],
};
