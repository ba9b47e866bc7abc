import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { expectSandpodError } from '../../tools/expect-failure.ts';
import type { ExecutorTheme } from '../executor-test.ts';

/** Tests calls with several blocks: the order of the blocks, their results, and the bytes of their code. */
export const blocksTheme: ExecutorTheme = {
  name: 'blocks',
  tests: [
    {
      name: 'two blocks run in order, and their output is joined',
      needs: ['exit-code', 'separate-streams'],
      body: async (context) => {
        const { guest } = context;
        const executor = await context.shared();
        const result = await executor.execute([
          context.block(guest.print({ stdout: 'Hello, World!\n' })),
          context.block(guest.print({ stdout: '200\n', stderr: 'noted\n' })),
        ]);
        assert.equal(context.expectOk(result), 'Hello, World!\n200\n');
        assert.equal(result.stderr, 'noted\n');
        assert.deepEqual(
          result.blocks.map(({ stdout, stderr, outcome, exitCode }) => [stdout, stderr, outcome, exitCode]),
          [
            ['Hello, World!\n', '', 'ok', 0],
            ['200\n', 'noted\n', 'ok', 0],
          ],
        );
        assert.equal(result.codeFile, result.blocks[0]?.codeFile);
      },
    },
    {
      name: 'the first failure stops the call, and later blocks do not run',
      needs: ['files', 'state', 'exit-code'],
      body: async (context) => {
        const { guest } = context;
        const executor = await context.shared();
        const path = context.unique('not-run');
        const sources = [
          guest.print({ stdout: 'first\n' }),
          guest.print({ stdout: 'second\n', exitCode: 3 }),
          guest.saveFile({ path, text: 'x' }),
        ];
        const result = await executor.execute(sources.map((source) => context.block(source)));
        context.expectOutcome(result, 'failed');
        assert.deepEqual([result.exitCode, result.stdout, result.blocks.length], [3, 'first\nsecond\n', 2]);
        assert.deepEqual(
          result.blocks.map(({ outcome, reason }) => [outcome, reason === undefined]),
          [
            ['ok', true],
            ['failed', false],
          ],
        );
        assert.equal(await (await context.files()).stat({ path }), null);
      },
    },
    {
      name: 'a refused block stops the call, and the results of earlier blocks are kept',
      body: async (context) => {
        const executor = await context.shared();
        const hello = context.block(context.guest.print({ stdout: 'before\n' }));
        const result = await executor.execute([hello, { code: 'x', language: 'klingon' }, hello]);
        context.expectOutcome(result, 'refused');
        assert.deepEqual([result.stdout, result.blocks.map(({ outcome }) => outcome)], ['before\n', ['ok', 'refused']]);
      },
    },
    {
      name: 'exit codes that look like limits have the outcome failed [row 26]',
      needs: ['exit-code'],
      body: async (context) => {
        for (const exitCode of [1, 124, 137, 143, 255]) {
          const result = await context.run(context.guest.print({ exitCode }));
          context.expectOutcome(result, 'failed');
          assert.equal(result.exitCode, exitCode);
        }
      },
    },
    {
      name: 'later blocks and later calls see the files of earlier blocks',
      needs: ['state'],
      body: async (context) => {
        const { guest } = context;
        const path = context.unique('kept');
        const executor = await context.shared();
        const result = await executor.execute([
          context.block(guest.saveFile({ path, text: 'handed on' })),
          context.block(guest.showFile({ path })),
        ]);
        assert.equal(context.expectOk(result), 'present\nhanded on');
        assert.equal(context.expectOk(await context.run(guest.showFile({ path }))), 'present\nhanded on');
      },
    },
    {
      name: 'a call can mix languages',
      needs: ['python', 'sh', 'state'],
      body: async (context) => {
        const executor = await context.shared();
        const path = context.unique('mixed');
        const result = await executor.execute([
          { code: `open("${path}", "w").write("from python")`, language: 'python' },
          { code: `cat ${path}; echo`, language: 'sh' },
        ]);
        assert.equal(context.expectOk(result), 'from python\n');
        assert.deepEqual(
          result.blocks.map(({ language }) => language),
          ['python', 'sh'],
        );
      },
    },
    {
      name: 'code without a name is saved as tmp_code_<eight digits of its SHA-256>.<extension>',
      needs: ['code-files'],
      body: async (context) => {
        const source = context.guest.print({ stdout: 'named by its hash\n' });
        const result = await context.run(source);
        context.expectOk(result);
        const [, hash] = /^tmp_code_([0-9a-f]{8})\.(py|sh|js)$/.exec(result.codeFile ?? '') ?? [];
        assert.ok(hash !== undefined, `expected tmp_code_<hash>.<extension>, given ${result.codeFile}`);
        assert.equal(hash, createHash('sha256').update(source).digest('hex').slice(0, 8));
        assert.equal(await (await context.files()).readTextFile({ path: result.codeFile ?? '' }), source);
      },
    },
    {
      name: 'the bytes of Python code arrive unchanged',
      needs: ['python'],
      body: async (context) => {
        const text = "$HOME `id` $(id) EOF \\x41 ü💥 \ufeff '\\''";
        const code = [
          'import sys',
          'text = """',
          'EOF',
          "'EOF'",
          '$HOME `id` $(echo hacked)',
          '!! ~ * ? \\\\',
          'ü💥',
          '"""',
          `print(text, end="")`,
          '',
        ].join('\n');
        const executor = await context.shared();
        assert.equal(context.expectOk(await executor.runCode(code)), "\nEOF\n'EOF'\n$HOME `id` $(echo hacked)\n!! ~ * ? \\\nü💥\n");
        assert.equal(context.expectOk(await executor.runCode(`print(${JSON.stringify(text)})`)), `${text}\n`);
        assert.equal(context.expectOk(await executor.runCode('print("with")\r\nif True:\r\n    print("CRLF")\r\n')), 'with\nCRLF\n');
      },
    },
    {
      name: 'the bytes of shell code arrive unchanged',
      needs: ['sh'],
      body: async (context) => {
        const executor = await context.shared();
        const code = "cat <<'EOF'\n$HOME `id` $(id) \\n\nü💥\nEOF\nprintf '%s\\n' \"a'b\" '$x'\n";
        assert.equal(context.expectOk(await executor.runCode(code, { language: 'sh' })), "$HOME `id` $(id) \\n\nü💥\na'b\n$x\n");
        const windows = code.replaceAll('\n', '\r\n');
        assert.equal(context.expectOk(await executor.runCode(windows, { language: 'sh' })), "$HOME `id` $(id) \\n\nü💥\na'b\n$x\n");
      },
    },
    {
      name: 'a program with 2 MiB of code runs [row 40]',
      needs: ['python'],
      body: async (context) => {
        const executor = await context.shared();
        const code = `${'# a line that does nothing\n'.repeat(80_000)}print("reached")`;
        assert.equal(context.expectOk(await executor.runCode(code)), 'reached\n');
      },
    },
    {
      name: 'empty code succeeds without output',
      body: async (context) => {
        const result = await context.run('');
        context.expectOk(result);
        assert.equal(result.output, '');
      },
    },
    {
      name: 'an empty list is refused with a reason',
      body: async (context) => {
        const executor = await context.shared();
        const error = await expectSandpodError(executor.execute([]), 'invalid-options');
        assert.equal(error.message, 'No code blocks to execute.');
      },
    },
    {
      name: 'times are measured',
      body: async (context) => {
        const result = await context.run(context.guest.sleep({ ms: 500 }));
        context.expectOk(result);
        assert.ok(result.durationMs >= 450, `expected at least 450 ms, given ${result.durationMs}`);
        assert.ok((result.blocks[0]?.durationMs ?? 0) >= 450 && (result.blocks[0]?.durationMs ?? 0) <= result.durationMs + 1);
      },
    },
  ],
};
