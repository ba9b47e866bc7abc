import assert from 'node:assert/strict';
import { MemoryWatch } from '../../tools/memory-watch.ts';
import type { ExecutorTheme } from '../executor-test.ts';

const MiB = 1024 * 1024;

/** Tests how results report limits. */
export const limitsTheme: ExecutorTheme = {
  name: 'limits',
  tests: [
    {
      name: "endless output has the outcome output-limit, the client's memory stays small, and the next call works [row 35]",
      needs: ['output-limit', 'option-limits'],
      budgetMs: 60_000,
      body: async (context) => {
        const executor = await context.fresh({ limits: { outputBytes: 8 * MiB }, keptOutputBytes: 64 * 1024 });
        await executor.start();
        using memory = new MemoryWatch();
        const result = await context.run(context.guest.flood(), { executor, timeoutMs: context.scaled(40_000) });
        context.expectOutcome(result, 'output-limit');
        assert.ok(result.stdout.length < 80 * 1024 && result.stderr.length < 80 * 1024, 'expected the output to be cut at its limit');
        assert.ok(result.truncated !== undefined, 'expected a report about the omitted output');
        assert.ok(memory.grownBytes() < 96 * MiB, `expected less than 96 MiB more memory, given ${memory.grownBytes()}`);
        assert.equal(context.expectOk(await context.run(context.guest.print({ stdout: 'next' }), { executor })), 'next');
      },
    },
    {
      name: 'a program that uses twice its memory never ends with ok, and the next call works [row 30]',
      needs: ['memory-limit', 'option-limits'],
      budgetMs: 120_000,
      body: async (context) => {
        const executor = await context.fresh({ limits: { memoryBytes: 256 * MiB } });
        const result = await context.run(context.guest.allocate({ bytes: 512 * MiB }), { executor });
        context.expectOutcome(result, 'memory-limit', 'session-lost', 'failed');
        assert.match(`${result.reason} ${result.stderr}`, /memory/i);
        assert.equal(context.expectOk(await context.run(context.guest.print({ stdout: 'next' }), { executor })), 'next');
      },
    },
  ],
};
