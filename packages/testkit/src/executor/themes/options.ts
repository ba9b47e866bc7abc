import assert from 'node:assert/strict';
import type { ExecuteOptions } from '@sandpod/core';
import { expectInvalid, rejectionOf } from '../../tools/expect-failure.ts';
import { forEachCase } from '../../tools/for-each-case.ts';
import type { ExecutorTheme } from '../executor-test.ts';

const VALUES: Readonly<Record<string, string>> = {
  QUOTES: `"a" 'b'`,
  DOLLAR: '$HOME $(id) `id`',
  LINES: 'one\ntwo\r\n',
  EMPTY: '',
  UNICODE: 'ü💥',
};
const ARGUMENTS = ['', 'a b', '$HOME', '`id`', '-n', '--', "it's", 'a\nb', 'ü💥', '*'];

const BAD_OPTIONS: readonly (readonly [field: string, options: unknown])[] = [
  ['timeoutMs', { timeoutMs: 0 }],
  ['timeoutMs', { timeoutMs: -1 }],
  ['timeoutMs', { timeoutMs: Number.NaN }],
  ['timeoutMs', { timeoutMs: '5' }],
  ['env', { env: { 'A=B': 'x' } }],
  ['env', { env: { 'A\nB': 'x' } }],
  ['env', { env: { A: 1 } }],
  ['env', { env: { A: 'a\0b' } }],
  ['args', { args: 'x' }],
  ['args', { args: ['a\0b'] }],
  ['stdin', { stdin: 1 }],
  ['files', { files: [{ path: '../x', content: 'x' }] }],
  ['files', { files: [{ path: '/x', content: 'x' }] }],
  ['files', { files: [{ path: 'a\0b', content: 'x' }] }],
  ['files', { files: [{ path: 'x', content: 1 }] }],
  ['collectFiles', { collectFiles: 'x' }],
  ['timeout', { timeout: 1 }],
];

/** Tests the call options stdin, env, cwd, args, files and collectFiles. */
export const optionsTheme: ExecutorTheme = {
  name: 'options',
  tests: [
    {
      name: 'env arrives unchanged, and only in this call [row 14]',
      body: async (context) => {
        const names = Object.keys(VALUES);
        const { guest } = context;
        const stdout = context.expectOk(await context.run(guest.printVariables(names), { env: VALUES }));
        assert.deepEqual(stdout.split('\0').slice(0, -1), Object.values(VALUES));
        assert.equal(context.expectOk(await context.run(guest.printVariables(['DOLLAR']))), '\0');
      },
    },
    {
      name: 'args arrive verbatim, in every block',
      body: async (context) => {
        const executor = await context.shared();
        const block = context.block(context.guest.printArguments());
        const result = await executor.execute([block, block], { args: ARGUMENTS });
        context.expectOk(result);
        for (const { stdout } of result.blocks) assert.deepEqual(stdout.split('\0').slice(0, -1), ARGUMENTS);
      },
    },
    {
      name: 'the first block receives stdin, and later blocks read nothing [row 39]',
      needs: ['stdin'],
      body: async (context) => {
        const executor = await context.shared();
        const block = context.block(context.guest.copyInput());
        const result = await executor.execute([block, block], { stdin: '$HOME `id`\nü no end' });
        context.expectOk(result);
        assert.deepEqual(
          result.blocks.map(({ stdout }) => stdout),
          ['$HOME `id`\nü no end', ''],
        );
      },
    },
    {
      name: 'stdin can be bytes',
      needs: ['stdin'],
      body: async (context) => {
        const stdin = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
        assert.match(context.expectOk(await context.run(context.guest.digestInput(), { stdin })), /^100000 [0-9a-f]{64}\n$/);
      },
    },
    {
      name: 'without stdin, a program reads end-of-file immediately',
      body: async (context) => {
        assert.equal(context.expectOk(await context.run(context.guest.copyInput())), '');
      },
    },
    {
      name: 'cwd is a directory in the workspace, and nothing runs if it is missing or elsewhere',
      needs: ['files'],
      body: async (context) => {
        const cwd = context.unique('directory');
        const file = { path: `${cwd}/file`, content: 'x' };
        const stdout = context.expectOk(await context.run(context.guest.printWorkingDirectory(), { cwd, files: [file] }));
        assert.ok(stdout.endsWith(`/${cwd}\n`), stdout);
        for (const bad of ['no/such/directory', '../..', '/proc/self/fd/7']) {
          const settled = await context.run(context.guest.print({ stdout: 'must not appear' }), { cwd: bad }).catch(() => undefined);
          if (settled !== undefined) assert.deepEqual([settled.outcome, settled.stdout], ['refused', '']);
        }
      },
    },
    {
      name: 'files exist in the workspace before the first block',
      needs: ['files'],
      body: async (context) => {
        const path = `${context.unique('given')}/a file`;
        const files = [{ path, content: 'text ü' }];
        assert.equal(context.expectOk(await context.run(context.guest.showFile({ path }), { files })), 'present\ntext ü');
      },
    },
    {
      name: 'collectFiles returns created and changed files, but neither code nor hidden files',
      needs: ['files'],
      body: async (context) => {
        const { guest } = context;
        const executor = await context.shared();
        const directory = context.unique('made');
        const given = [
          { path: `${directory}/given`, content: 'as it was' },
          { path: `${directory}/changed`, content: 'old' },
        ];
        const blocks = ['new.csv', 'changed', '.hidden'].map((name) =>
          context.block(guest.saveFile({ path: `${directory}/${name}`, text: `text of ${name}` })),
        );
        const { files } = await executor.execute(blocks, { files: given, collectFiles: true });
        assert.deepEqual(
          files.map(({ path, size }) => [path, size]),
          [
            [`${directory}/changed`, 15],
            [`${directory}/new.csv`, 15],
          ],
        );
        assert.deepEqual(
          files.map(({ content }) => Buffer.from(content ?? []).toString()),
          ['text of changed', 'text of new.csv'],
        );
        assert.equal(files[1]?.mediaType, 'text/csv');
      },
    },
    {
      name: 'collectFiles accepts globs, and also collects after a failure',
      needs: ['files', 'exit-code'],
      body: async (context) => {
        const { guest } = context;
        const executor = await context.shared();
        const directory = context.unique('globbed');
        const prepare = { path: `${directory}/sub/given.txt`, content: '' };
        const names = ['a.txt', 'b.csv', 'sub/c.txt'];
        const blocks = names.map((name) => context.block(guest.saveFile({ path: `${directory}/${name}`, text: name })));
        const failing = context.block(guest.print({ exitCode: 1 }));
        const result = await executor.execute([...blocks, failing], { files: [prepare], collectFiles: [`${directory}/**/*.txt`] });
        assert.deepEqual(
          [result.outcome, result.files.map(({ path }) => path)],
          ['failed', [`${directory}/a.txt`, `${directory}/sub/c.txt`]],
        );
      },
    },
    {
      name: 'collectFiles finds a file that changed directly after it was written, even if its size is the same',
      needs: ['files'],
      body: async (context) => {
        for (const path of ['a', 'b', 'c'].map((name) => `${context.unique('rewritten')}/${name}`)) {
          const files = [{ path, content: 'old' }];
          const result = await context.run(context.guest.saveFile({ path, text: 'new' }), { files, collectFiles: true });
          assert.deepEqual(
            result.files.map((file) => [file.path, Buffer.from(file.content ?? []).toString()]),
            [[path, 'new']],
          );
        }
      },
    },
    {
      name: 'collectFiles reports a file whose name has a backslash, and collects the others',
      needs: ['files'],
      body: async (context) => {
        const { guest } = context;
        const executor = await context.shared();
        const directory = context.unique('backslash');
        const blocks = ['out\\report.csv', 'plain.csv'].map((name) =>
          context.block(guest.saveFile({ path: `${directory}${name}`, text: 'x' })),
        );
        const result = await executor.execute(blocks, { collectFiles: true });
        assert.equal(result.outcome, 'ok');
        assert.deepEqual(
          result.files.map(({ path }) => path),
          [`${directory}plain.csv`],
        );
        assert.ok(result.reason?.includes(JSON.stringify(`${directory}out\\report.csv`)), result.reason);
        const again = await context.run(guest.print({}), { collectFiles: true });
        assert.deepEqual([again.outcome, again.reason], ['ok', undefined]);
      },
    },
    {
      name: 'links are never collected',
      needs: ['files', 'links'],
      body: async (context) => {
        const executor = await context.shared();
        const directory = context.unique('collected-links');
        const { guest } = context;
        const files = [{ path: `${directory}/given`, content: '' }];
        const sources = [
          guest.makeLink({ path: `${directory}/passwd`, target: '/etc/passwd' }),
          guest.makeLink({ path: `${directory}/root`, target: '/' }),
          guest.saveFile({ path: `${directory}/file`, text: 'x' }),
        ];
        const blocks = sources.map((source) => context.block(source));
        const result = await executor.execute(blocks, { files, collectFiles: true });
        context.expectOk(result);
        assert.deepEqual(
          result.files.map(({ path }) => path),
          [`${directory}/file`],
        );
      },
    },
    {
      name: 'without collectFiles, the result contains no files',
      needs: ['files'],
      body: async (context) => {
        const result = await context.run(context.guest.saveFile({ path: context.unique('uncollected'), text: 'x' }));
        assert.deepEqual(result.files, []);
      },
    },
    {
      name: 'wrong options are refused before anything runs, and the error contains the name of the field',
      body: async (context) => {
        const executor = await context.shared();
        const block = context.block(context.guest.print({ stdout: 'x' }));
        await forEachCase(BAD_OPTIONS, ([field, options]) => expectInvalid(executor.execute([block], options as ExecuteOptions), field));
        await rejectionOf(executor.execute([{ code: 1, language: 'python' } as never]));
        await rejectionOf(executor.execute('print(1)' as never));
      },
    },
    {
      name: 'an invalid time limit of the executor is refused',
      needs: ['option-timeout'],
      body: async (context) => {
        for (const timeoutMs of [0, -5, Number.NaN]) await expectInvalid(context.fresh({ timeoutMs }), 'timeoutMs');
      },
    },
  ],
};
