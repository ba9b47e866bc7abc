import assert from 'node:assert/strict';
import { SandpodError } from '@sandpod/core';
import { expectSandpodError, rejectionOf } from '../../tools/expect-failure.ts';
import { OutputReader } from '../../tools/output-reader.ts';
import { within } from '../../tools/within.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

const HOSTILE_ARGUMENTS = [
  '',
  ' ',
  'a b',
  "it's",
  '"quoted"',
  '$HOME',
  '`id`',
  '$(id)',
  'a\nb',
  '\r\n',
  '-n',
  '--',
  '-',
  '*',
  '?',
  '\\',
  '\\n',
  '~',
  ';',
  '&',
  '|',
  'a=b',
  '#',
  '%s',
  'ü 💥',
  '',
];

const EXIT_CODES = [0, 1, 2, 3, 42, 64, 100, 124, 125, 126, 127, 128, 130, 137, 139, 143, 254, 255];

/** Tests programs, their arguments and their exit codes. */
export const runTheme: SandboxTheme = {
  name: 'run',
  tests: [
    {
      name: 'arguments reach a program unchanged, without a shell',
      body: async (context) => {
        const { stdout } = await context.run(context.guest.printArguments(), { args: HOSTILE_ARGUMENTS });
        assert.deepEqual(stdout.split('\0').slice(0, -1), HOSTILE_ARGUMENTS);
      },
    },
    {
      name: 'a command line runs in a shell',
      body: async (context) => {
        const sandbox = await context.shared();
        const result = await sandbox.run({ command: 'name=world; printf "hello %s\\n" "$name" | cat; echo problem >&2; exit 3' });
        assert.deepEqual(
          { ...result, reason: undefined },
          { exitCode: 3, stdout: 'hello world\n', stderr: 'problem\n', outcome: 'failed', reason: undefined },
        );
      },
    },
    {
      name: 'a program that succeeds has exit code 0',
      body: async (context) => {
        const result = await context.run(context.guest.print({ stdout: 'fine\n' }));
        assert.deepEqual([result.outcome, result.exitCode, result.stdout, result.stderr], ['ok', 0, 'fine\n', '']);
      },
    },
    {
      name: 'every exit code of a program is reported, including codes that look like a time or memory limit [row 26]',
      budgetMs: 60_000,
      body: async (context) => {
        for (const exitCode of EXIT_CODES) {
          const result = await context.run(context.guest.print({ exitCode }));
          assert.deepEqual([result.exitCode, result.outcome], [exitCode, exitCode === 0 ? 'ok' : 'failed']);
        }
      },
    },
    {
      name: 'every exit code of a command line is reported',
      budgetMs: 60_000,
      body: async (context) => {
        const sandbox = await context.shared();
        for (const expected of EXIT_CODES) assert.equal((await sandbox.run({ command: `exit ${expected}` })).exitCode, expected);
      },
    },
    {
      name: 'if a program kills itself with TERM, the outcome is failed and not timeout [row 26]',
      needs: ['signals'],
      body: async (context) => {
        const sandbox = await context.shared();
        const result = await sandbox.run({ argv: ['sh', '-c', 'kill -TERM $$; sleep 5'], timeoutMs: context.scaled(20_000) });
        assert.deepEqual([result.outcome, result.exitCode], ['failed', 143]);
      },
    },
    {
      name: 'a program that does not exist is never ok',
      body: async (context) => {
        const sandbox = await context.shared();
        const settled = await sandbox.run({ argv: ['no-such-program-of-sandpod', 'argument'] }).then(
          (result) => result.exitCode,
          (error: unknown) => error,
        );
        if (SandpodError.isInstance(settled)) assert.equal(settled.code, 'program-not-found');
        else assert.equal(settled, 127);
      },
    },
    {
      name: 'an argv without a program is refused',
      body: async (context) => {
        const sandbox = await context.shared();
        await expectSandpodError(sandbox.run({ argv: [''] }), 'invalid-options', 'program-not-found');
      },
    },
    {
      name: 'findPrograms finds the programs that can be started, and accepts any name',
      body: async (context) => {
        const sandbox = await context.shared();
        const names = ['sh', context.guest.program, 'no-such-program-of-sandpod', '-v', 'a b', '$(echo sh)', ''];
        const found = await sandbox.findPrograms({ names });
        assert.deepEqual([...found].sort(), [...new Set(['sh', context.guest.program])].sort());
      },
    },
    {
      name: 'wait() can be called more than once, even after the end',
      body: async (context) => {
        const process = await context.spawn(context.guest.print({ stdout: 'x', exitCode: 5 }));
        const reader = new OutputReader(process);
        const [first, second] = await Promise.all([process.wait(), process.wait()]);
        await reader.ended;
        const third = await process.wait();
        assert.deepEqual([first.exitCode, second.exitCode, third.exitCode], [5, 5, 5]);
      },
    },
    {
      name: 'a program sees the files that an earlier program wrote into the workspace',
      body: async (context) => {
        const path = context.unique('handed-on');
        await context.run(context.guest.saveFile({ path, text: 'from the first' }));
        const { stdout } = await context.run(context.guest.showFile({ path }));
        assert.equal(stdout, 'present\nfrom the first');
      },
    },
    {
      name: 'a run ends with its command, even if a background child keeps its output open [row 27]',
      needs: ['background'],
      body: async (context) => {
        const sandbox = await context.shared();
        const run = sandbox.run({ command: 'sleep 20 & echo ended' });
        const result = await within(run, { ms: context.scaled(10_000), what: 'the end of the command before its child ends' });
        assert.deepEqual([result.outcome, result.stdout], ['ok', 'ended\n']);
      },
    },
    {
      name: 'a background child outlives a program that ended by itself',
      needs: ['background'],
      body: async (context) => {
        const sandbox = await context.shared();
        const path = context.unique('outlived');
        await sandbox.run({ command: `(sleep 1; echo alive >${path}) >/dev/null 2>&1 &` });
        const { stdout } = await sandbox.run({
          command: `n=0; while ! test -s ${path} && test $n -lt 100; do sleep 0.1; n=$((n + 1)); done; cat ${path}`,
        });
        assert.equal(stdout, 'alive\n');
      },
    },
    {
      name: 'the sandbox remains usable after a failed start',
      body: async (context) => {
        const sandbox = await context.shared();
        await rejectionOf(sandbox.run({ argv: [context.guest.program], cwd: 'no/such/directory' }));
        assert.equal((await context.run(context.guest.print({ stdout: 'next' }), { sandbox })).stdout, 'next');
      },
    },
  ],
};
