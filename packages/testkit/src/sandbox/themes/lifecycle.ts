import assert from 'node:assert/strict';
import type { SandboxProvider } from '@sandpod/core';
import { expectAbort, expectInvalid, expectLost, expectSandpodError } from '../../tools/expect-failure.ts';
import { forEachCase } from '../../tools/for-each-case.ts';
import { livingSandboxes } from '../../tools/listed-sandboxes.ts';
import { OutputReader } from '../../tools/output-reader.ts';
import { expectRefusesEveryUse } from '../../tools/sandbox-uses.ts';
import { awaitedLater, pause, within } from '../../tools/within.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

const BAD_IDS = ['', '../x', 'a b', 'a/b', 'a\0b', '-x', 'x'.repeat(5_000)];

async function liveIds(provider: SandboxProvider): Promise<string[]> {
  return (await livingSandboxes(provider)).map(({ id }) => id);
}

/** Tests the creation and the end of sandboxes. */
export const lifecycleTheme: SandboxTheme = {
  name: 'lifecycle',
  tests: [
    {
      name: 'every sandbox has a unique id and can have a name',
      body: async (context) => {
        const chosen = `chosen-${process.pid}-${Date.now()}`;
        const [first, second, third] = await Promise.all([context.fresh(), context.fresh(), context.fresh({ name: chosen })]);
        assert.equal(new Set([first.id, second.id, third.id]).size, 3);
        assert.equal(third.name ?? third.id, chosen);
      },
    },
    {
      name: 'two live sandboxes cannot have the same name, and a name is free again after its sandbox has ended',
      body: async (context) => {
        const id = `shared-${process.pid}-${Date.now()}`;
        const provider = await context.provider();
        const first = await context.fresh({ name: id });
        await expectSandpodError(provider.create({ name: id }), 'sandbox-exists');
        assert.equal((await context.run(context.guest.print({ stdout: 'alive' }), { sandbox: first })).stdout, 'alive');
        await first[Symbol.asyncDispose]();
        await context.fresh({ name: id });
      },
    },
    {
      name: 'names that could be interpreted as something else are refused',
      body: async (context) => {
        const provider = await context.provider();
        await forEachCase(BAD_IDS, (id) => expectInvalid(provider.create({ name: id }), 'name'));
      },
    },
    {
      name: 'list() yields live sandboxes and no ended sandboxes',
      body: async (context) => {
        const provider = await context.provider();
        const sandbox = await context.fresh();
        for await (const info of provider.list()) {
          if (info.id !== sandbox.id) continue;
          assert.equal(info.state, 'running');
          assert.ok(Math.abs(info.createdMs - Date.now()) < 600_000, 'expected a time close to now');
        }
        assert.ok((await liveIds(provider)).includes(sandbox.id), 'expected the sandbox in the list');
        await sandbox[Symbol.asyncDispose]();
        assert.ok(!(await liveIds(provider)).includes(sandbox.id), 'expected the sandbox to be gone from the list');
      },
    },
    {
      name: 'disposal is idempotent, also in parallel [row 57]',
      body: async (context) => {
        const sandbox = await context.fresh();
        await Promise.all([sandbox[Symbol.asyncDispose](), sandbox[Symbol.asyncDispose](), sandbox[Symbol.asyncDispose]()]);
        await sandbox[Symbol.asyncDispose]();
      },
    },
    {
      name: 'disposal ends running programs with session-lost [row 57]',
      body: async (context) => {
        const sandbox = await context.fresh();
        const process = await context.spawn(context.guest.spin(), { sandbox });
        const reader = new OutputReader(process);
        await reader.until('started\n');
        const lost = awaitedLater(expectLost(process.wait(), 'session-lost'));
        await sandbox[Symbol.asyncDispose]();
        await within(lost, { ms: context.scaled(5_000), what: 'wait() to reject' });
        await within(reader.ended, { ms: context.scaled(5_000), what: 'the output to end' });
      },
    },
    {
      name: 'disposal ends a run() with the output so far [row 57]',
      body: async (context) => {
        const sandbox = await context.fresh();
        const run = awaitedLater(expectLost(context.run(context.guest.heartbeat({ path: 'beat' }), { sandbox }), 'session-lost'));
        while ((await sandbox.stat({ path: 'beat' })) === null) await pause(50);
        await sandbox[Symbol.asyncDispose]();
        const lost = await within(run, { ms: context.scaled(5_000), what: 'the run to reject' });
        assert.equal(lost.stdout, 'started\n');
      },
    },
    {
      name: 'an ended sandbox refuses every call',
      body: async (context) => {
        const sandbox = await context.fresh();
        await sandbox[Symbol.asyncDispose]();
        await expectRefusesEveryUse(sandbox);
      },
    },
    {
      name: '`lost` resolves with the reason when the sandbox is gone, but not earlier',
      body: async (context) => {
        const sandbox = await context.fresh();
        const early = await Promise.race([sandbox.lost, pause(context.scaled(200)).then(() => undefined)]);
        assert.equal(early, undefined);
        await sandbox[Symbol.asyncDispose]();
        const reason = await within(sandbox.lost, { ms: context.scaled(5_000), what: '`lost` to resolve' });
        assert.match(reason, /\w+ .*\.$/, 'expected a sentence');
      },
    },
    {
      name: 'an aborted signal creates nothing [row 58]',
      body: async (context) => {
        const provider = await context.provider();
        const id = `never-${process.pid}-${Date.now()}`;
        const reason = new Error('before the start');
        await expectAbort(provider.create({ name: id, abortSignal: AbortSignal.abort(reason) }), reason);
        assert.ok(!(await liveIds(provider)).includes(id));
      },
    },
    {
      name: 'an abort while a sandbox starts leaves nothing behind [row 58]',
      body: async (context) => {
        const provider = await context.provider();
        const id = `aborted-${process.pid}-${Date.now()}`;
        const aborting = new AbortController();
        const reason = new Error('while starting');
        const creating = provider.create({ name: id, abortSignal: aborting.signal });
        setTimeout(() => aborting.abort(reason), 2);
        const made = await creating.then(
          (sandbox) => sandbox,
          (error: unknown) => assert.equal(error, reason),
        );
        await made?.[Symbol.asyncDispose]();
        assert.ok(!(await liveIds(provider)).includes(id));
      },
    },
    {
      name: 'attach() finds a sandbox by its id',
      needs: ['attach'],
      body: async (context) => {
        const sandbox = await context.fresh();
        await sandbox.writeTextFile({ path: 'file', content: 'seen from both' });
        const attached = await (await context.provider()).attach({ id: sandbox.id });
        assert.equal(await attached.readTextFile({ path: 'file' }), 'seen from both');
      },
    },
    {
      name: 'attach() to a sandbox that never existed reports that',
      needs: ['attach'],
      body: async (context) => {
        await expectSandpodError((await context.provider()).attach({ id: 'never-was' }), 'sandbox-not-found');
      },
    },
    {
      name: 'attach() to a missing or ambiguous id is refused',
      needs: ['attach'],
      body: async (context) => {
        await context.fresh();
        const provider = await context.provider();
        await forEachCase([undefined, ...BAD_IDS], (id) => expectInvalid(provider.attach({ id: id as string }), 'id'));
      },
    },
    {
      name: 'attach() is refused if sandboxes end with this process',
      needs: ['no-attach'],
      body: async (context) => {
        const sandbox = await context.fresh();
        await expectSandpodError((await context.provider()).attach({ id: sandbox.id }), 'unsupported');
      },
    },
    {
      name: 'a sweep does not remove live sandboxes',
      body: async (context) => {
        const provider = await context.provider();
        const sandbox = await context.fresh();
        for (const dryRun of [true, false]) {
          const report = await provider.sweep({ dryRun });
          assert.ok(!report.removed.includes(sandbox.id), 'expected the sandbox not to be removed');
        }
        assert.equal((await context.run(context.guest.print({ stdout: 'alive' }), { sandbox })).stdout, 'alive');
      },
    },
    {
      name: 'a sandbox and its provider describe themselves',
      body: async (context) => {
        const { backend, weaknesses, notes } = (await context.provider()).describe();
        assert.notEqual(backend, '');
        for (const sentence of [...weaknesses, ...notes]) assert.match(sentence, /\w/);
        assert.match((await context.shared()).description, /\w+ \w+/);
      },
    },
    {
      name: 'a start reports its progress in steps',
      body: async (context) => {
        const phases: string[] = [];
        await context.fresh({ onProgress: ({ phase, message }) => phases.push(phase && message) });
        assert.ok(
          phases.length > 0 && phases.every((phase) => phase !== ''),
          `expected steps with messages, given ${JSON.stringify(phases)}`,
        );
      },
    },
    {
      name: 'a client that is killed leaves nothing behind [row 56]',
      needs: ['crash'],
      budgetMs: 120_000,
      body: async (context) => {
        const { crash } = context;
        assert.ok(crash !== undefined);
        const client = await crash.start();
        await client.kill();
        const untilMs = performance.now() + crash.withinMs;
        let survivors = await crash.survivors(client.id);
        while (survivors.length > 0 && performance.now() < untilMs) {
          await pause(100);
          survivors = await crash.survivors(client.id);
        }
        assert.deepEqual(survivors, []);
      },
    },
  ],
};
