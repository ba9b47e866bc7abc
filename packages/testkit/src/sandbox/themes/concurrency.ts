import assert from 'node:assert/strict';
import type { SandboxContext } from '../sandbox-context.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

const AT_ONCE = 20;

/** Returns a program that writes unique output in pieces, so that output from other programs can arrive between the pieces. */
function talk(context: SandboxContext, number: number): string {
  const pieces = Array.from({ length: 5 }, (_, index) => ({
    stream: index % 2 === 0 ? ('stdout' as const) : ('stderr' as const),
    bytes: Buffer.from(`program ${number} piece ${index}\n`),
  }));
  return context.guest.printPieces({ pieces, pauseMs: 10 });
}

/** Tests concurrent programs, sandboxes and file operations. */
export const concurrencyTheme: SandboxTheme = {
  name: 'concurrency',
  tests: [
    {
      name: 'twenty parallel programs in a sandbox do not mix their output [row 59]',
      budgetMs: 90_000,
      body: async (context) => {
        const sandbox = await context.shared();
        const results = await Promise.all(Array.from({ length: AT_ONCE }, (_, number) => context.run(talk(context, number), { sandbox })));
        for (const [number, { stdout, stderr, outcome }] of results.entries()) {
          assert.equal(outcome, 'ok');
          assert.equal(stdout, [0, 2, 4].map((piece) => `program ${number} piece ${piece}\n`).join(''));
          assert.equal(stderr, [1, 3].map((piece) => `program ${number} piece ${piece}\n`).join(''));
        }
      },
    },
    {
      name: 'programs in a sandbox run in parallel',
      body: async (context) => {
        const sandbox = await context.shared();
        const ended: string[] = [];
        const slow = context.run(context.guest.sleep({ ms: context.scaled(3_000) }), { sandbox }).then(() => ended.push('slow'));
        const quick = context.run(context.guest.print({ stdout: 'quick' }), { sandbox }).then(() => ended.push('quick'));
        await Promise.all([slow, quick]);
        assert.deepEqual(ended, ['quick', 'slow']);
      },
    },
    {
      name: 'parallel sandboxes share nothing [row 59]',
      budgetMs: 90_000,
      body: async (context) => {
        const sandboxes = await Promise.all(Array.from({ length: 4 }, () => context.fresh()));
        await Promise.all(sandboxes.map((sandbox) => context.run(context.guest.saveFile({ path: 'name', text: sandbox.id }), { sandbox })));
        const found = await Promise.all(sandboxes.map((sandbox) => sandbox.readTextFile({ path: 'name' })));
        assert.deepEqual(
          found,
          sandboxes.map(({ id }) => id),
        );
      },
    },
    {
      name: 'files can be transferred while programs run',
      body: async (context) => {
        const sandbox = await context.shared();
        const directory = context.unique('busy');
        const running = context.run(context.guest.sleep({ ms: context.scaled(1_500) }), { sandbox });
        const paths = Array.from({ length: 20 }, (_, index) => `${directory}/${index}`);
        await Promise.all(paths.map((path) => sandbox.writeTextFile({ path, content: path })));
        assert.deepEqual(await Promise.all(paths.map((path) => sandbox.readTextFile({ path }))), paths);
        assert.equal((await running).outcome, 'ok');
      },
    },
  ],
};
