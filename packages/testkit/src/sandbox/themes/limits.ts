import assert from 'node:assert/strict';
import { ProcessLost, type RunResult } from '@sandpod/core';
import { expectInvalid, expectLost } from '../../tools/expect-failure.ts';
import { MemoryWatch } from '../../tools/memory-watch.ts';
import { within } from '../../tools/within.ts';
import type { SandboxContext } from '../sandbox-context.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

const MiB = 1024 * 1024;
const OUTPUT_BYTES = 4 * MiB;

async function expectUsableOrLost(context: SandboxContext, sandbox: Awaited<ReturnType<SandboxContext['fresh']>>): Promise<void> {
  const next = context.run(context.guest.print({ stdout: 'next' }), { sandbox }).then(({ stdout }) => stdout);
  const lost = sandbox.lost.then(() => 'next');
  assert.equal(
    await within(Promise.any([next, lost]), { ms: context.scaled(20_000), what: 'a usable sandbox or the report of its loss' }),
    'next',
  );
}

/** Expects that either the platform ended the program and reported why, or the allocation failed and the program ended by itself. */
function checkMemoryEnd(end: RunResult | unknown, limitBytes: number): void {
  if (ProcessLost.isInstance(end)) {
    assert.ok(['memory-limit', 'session-lost'].includes(end.outcome), `expected memory-limit, given ${end.outcome}: ${end.reason}`);
    assert.match(end.reason, new RegExp(`memory|${limitBytes}`, 'i'));
    return;
  }
  const { outcome, stdout, stderr } = end as RunResult;
  assert.equal(outcome, 'failed', 'expected a memory limit, never a success');
  assert.ok(!stdout.includes('allocated'), 'expected the allocation to fail');
  assert.match(stderr, /memory/i);
}

/** Tests the limits on output, memory, disk and processes. */
export const limitsTheme: SandboxTheme = {
  name: 'limits',
  tests: [
    {
      name: "endless output is cut at its limit, the program is stopped, and the client's memory stays small [row 35]",
      needs: ['output-limit'],
      budgetMs: 60_000,
      body: async (context) => {
        using memory = new MemoryWatch();
        const run = context.run(context.guest.flood(), { outputBytes: OUTPUT_BYTES, keptOutputBytes: 64 * 1024 });
        const lost = await within(expectLost(run, 'output-limit'), { ms: context.scaled(30_000), what: 'the end of the flood' });
        assert.match(lost.reason, /output/i);
        assert.ok(lost.stdout.startsWith('o') && lost.stderr.startsWith('e'), 'expected the head of both streams');
        assert.ok(lost.stdout.length + lost.stderr.length < 200 * 1024, 'expected the output to be cut at its limit');
        assert.ok(memory.grownBytes() < 64 * MiB, `expected less than 64 MiB more memory, given ${memory.grownBytes()}`);
        assert.equal((await context.run(context.guest.print({ stdout: 'next' }))).stdout, 'next');
      },
    },
    {
      name: 'endless output of a command line is cut at its limit [row 35]',
      needs: ['output-limit'],
      budgetMs: 60_000,
      body: async (context) => {
        const sandbox = await context.shared();
        const run = sandbox.run({ command: 'while :; do echo oooooooooooooooooooooooooooooooooooo; done', outputBytes: 256 * 1024 });
        await within(expectLost(run, 'output-limit'), { ms: context.scaled(40_000), what: 'the end of the flood' });
      },
    },
    {
      name: 'output below its limit is complete',
      body: async (context) => {
        const { outcome, stdout } = await context.run(context.guest.longLine(300_000), { outputBytes: 400_000 });
        assert.deepEqual([outcome, stdout.length], ['ok', 300_000]);
      },
    },
    {
      name: 'a program that uses twice its memory is stopped with a reason, and the sandbox is usable or lost [row 30]',
      needs: ['memory-limit'],
      budgetMs: 90_000,
      body: async (context) => {
        const sandbox = await context.fresh({ limits: { memoryBytes: 256 * MiB } });
        const { memoryBytes } = sandbox.limits;
        const end = await context.run(context.guest.allocate({ bytes: 2 * memoryBytes }), { sandbox }).catch((error: unknown) => error);
        checkMemoryEnd(end, memoryBytes);
        await expectUsableOrLost(context, sandbox);
      },
    },
    {
      name: "a child's memory also counts, even if its parent reports success [row 31]",
      needs: ['memory-limit', 'background'],
      budgetMs: 90_000,
      body: async (context) => {
        const sandbox = await context.fresh({ limits: { memoryBytes: 256 * MiB } });
        const source = context.guest.allocateInChild({ bytes: 2 * sandbox.limits.memoryBytes });
        const end = await context.run(source, { sandbox }).catch((error: unknown) => error);
        if (ProcessLost.isInstance(end)) checkMemoryEnd(end, sandbox.limits.memoryBytes);
        else assert.match((end as RunResult).reason ?? (end as RunResult).stderr, /memory/i);
      },
    },
    {
      name: 'a program that fills the disk is limited, and the sandbox is usable or lost [row 32]',
      needs: ['disk-limit'],
      budgetMs: 90_000,
      body: async (context) => {
        const sandbox = await context.fresh({ limits: { workspaceBytes: 32 * MiB } });
        const { workspaceBytes } = sandbox.limits;
        const end = await context
          .run(context.guest.fillFile({ path: 'filler', bytes: 2 * workspaceBytes }), { sandbox })
          .catch((error: unknown) => error);
        if (ProcessLost.isInstance(end)) assert.equal(end.outcome, 'disk-limit');
        else assert.match((end as RunResult).stdout, /^refused/);
        const stat = await sandbox.stat({ path: 'filler' }).catch(() => null);
        assert.ok((stat?.size ?? 0) <= workspaceBytes, `expected at most ${workspaceBytes} bytes, given ${stat?.size}`);
        await sandbox.deleteFile({ path: 'filler' }).catch(() => undefined);
        await expectUsableOrLost(context, sandbox);
      },
    },
    {
      name: 'a program cannot start too many children [row 28]',
      needs: ['process-limit', 'background'],
      budgetMs: 60_000,
      body: async (context) => {
        const sandbox = await context.fresh({ limits: { processes: 64 } });
        const { processes } = sandbox.limits;
        const source = context.guest.startChildren({ count: processes + 100 });
        const end = await context.run(source, { sandbox, timeoutMs: context.scaled(20_000) }).catch((error: unknown) => error);
        const started = ProcessLost.isInstance(end) ? 0 : Number(/started (\d+)/.exec((end as RunResult).stdout)?.[1] ?? 0);
        assert.ok(started < processes, `expected fewer than ${processes} children, given ${started}`);
        await expectUsableOrLost(context, sandbox);
      },
    },
    {
      name: 'invalid limits are refused',
      body: async (context) => {
        const sandbox = await context.shared();
        for (const outputBytes of [0, -1, Number.NaN]) await expectInvalid(sandbox.run({ command: 'true', outputBytes }), 'outputBytes');
        for (const keptOutputBytes of [-1, Number.NaN])
          await expectInvalid(sandbox.run({ command: 'true', keptOutputBytes }), 'keptOutputBytes');
      },
    },
    {
      name: 'the sandbox reports its limits, all of them positive',
      body: async (context) => {
        const { limits } = await context.shared();
        for (const [name, value] of Object.entries(limits)) assert.ok(value > 0, `${name}: expected a positive number, given ${value}`);
        assert.deepEqual(Object.keys(limits).sort(), ['cpus', 'memoryBytes', 'outputBytes', 'processes', 'workspaceBytes']);
      },
    },
  ],
};
