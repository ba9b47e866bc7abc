import assert from 'node:assert/strict';
import { OutputReader } from '../../tools/output-reader.ts';
import { byteStream, digestLine, sampleBytes } from '../../tools/sample-bytes.ts';
import type { SandboxContext } from '../sandbox-context.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

const MiB = 1024 * 1024;

async function expectVerbatim(context: SandboxContext, bytes: Uint8Array): Promise<void> {
  const { stdout } = await context.run(context.guest.digestInput(), { stdin: byteStream(bytes) });
  assert.equal(stdout, digestLine(bytes));
}

/** Tests the standard input of programs. */
export const stdinTheme: SandboxTheme = {
  name: 'stdin',
  tests: [
    {
      name: 'standard input is empty by default, and ends immediately',
      body: async (context) => {
        const process = await context.spawn(context.guest.copyInput());
        assert.equal(process.stdin, undefined);
        assert.equal((await process.wait()).exitCode, 0);
      },
    },
    {
      name: 'text with metacharacters arrives unchanged [row 39]',
      needs: ['stdin'],
      body: async (context) => {
        const stdin = '$HOME `id` $(id) "q" \'q\' \\ \r\n\t%s EOF\n.\n\u0004 ü💥 no line end';
        assert.equal((await context.run(context.guest.copyInput(), { stdin })).stdout, stdin);
      },
    },
    {
      name: 'an empty input ends immediately [row 39]',
      needs: ['stdin'],
      body: async (context) => {
        assert.equal((await context.run(context.guest.digestInput(), { stdin: '' })).stdout, digestLine(new Uint8Array()));
      },
    },
    {
      name: '5 MiB of arbitrary bytes arrive unchanged [row 39]',
      needs: ['stdin'],
      budgetMs: 60_000,
      body: (context) => expectVerbatim(context, sampleBytes(5 * MiB)),
    },
    {
      name: '50 MiB of arbitrary bytes arrive unchanged [row 39]',
      needs: ['stdin', 'large'],
      budgetMs: 180_000,
      body: (context) => expectVerbatim(context, sampleBytes(50 * MiB)),
    },
    {
      name: 'a command line can read standard input',
      needs: ['stdin'],
      body: async (context) => {
        const sandbox = await context.shared();
        assert.equal((await sandbox.run({ command: 'cat | tr a-z A-Z', stdin: 'shout\n' })).stdout, 'SHOUT\n');
      },
    },
    {
      name: 'a program can leave its input unread',
      needs: ['stdin'],
      body: async (context) => {
        const { exitCode, stdout } = await context.run(context.guest.print({ stdout: 'done', exitCode: 4 }), {
          stdin: sampleBytes(2 * MiB),
        });
        assert.deepEqual([exitCode, stdout], [4, 'done']);
      },
    },
    {
      name: 'spawn({ stdin: true }) supports a dialog, and closing the input sends end-of-file',
      needs: ['stdin'],
      body: async (context) => {
        const process = await context.spawn(context.guest.copyInput(), { stdin: true });
        const reader = new OutputReader(process);
        const writer = process.stdin?.getWriter();
        assert.ok(writer !== undefined, 'expected a stdin stream');
        for (const text of ['ping\n', 'pong\n']) {
          await writer.write(Buffer.from(text));
          await reader.until(text);
        }
        await writer.close();
        assert.equal((await process.wait()).exitCode, 0);
        await reader.ended;
        assert.equal(reader.text(), 'ping\npong\n');
      },
    },
    {
      name: 'closing the input before anything is written sends end-of-file',
      needs: ['stdin'],
      body: async (context) => {
        const process = await context.spawn(context.guest.digestInput(), { stdin: true });
        const reader = new OutputReader(process);
        await process.stdin?.close();
        assert.equal((await process.wait()).exitCode, 0);
        await reader.ended;
        assert.equal(reader.text(), digestLine(new Uint8Array()));
      },
    },
  ],
};
