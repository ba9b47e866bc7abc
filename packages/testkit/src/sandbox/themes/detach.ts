import assert from 'node:assert/strict';
import type { DetachOptions } from '@sandpod/core';
import { expectInvalid, expectLost, expectSandpodError } from '../../tools/expect-failure.ts';
import { expectGrowth, expectSilence } from '../../tools/expect-silence.ts';
import { expectNoLeftovers, startLeftovers } from '../../tools/leftovers.ts';
import { OutputReader } from '../../tools/output-reader.ts';
import { expectRefusesEveryUse } from '../../tools/sandbox-uses.ts';
import { awaitedLater, within } from '../../tools/within.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

/** Milliseconds after which the effects of detach() must be visible. */
const DETACH_MS = 5_000;

/** Tests `detach()`, after which the sandbox continues to run. */
export const detachTheme: SandboxTheme = {
  name: 'detach',
  tests: [
    {
      name: 'a detached sandbox refuses every call, and `lost` resolves',
      needs: ['attach'],
      body: async (context) => {
        const sandbox = await context.detachable();
        await sandbox.detach();
        await expectRefusesEveryUse(sandbox);
        assert.match(await within(sandbox.lost, { ms: context.scaled(DETACH_MS), what: '`lost` to resolve' }), /\w/);
      },
    },
    {
      name: 'attach() by id and by name finds a detached sandbox and its files',
      needs: ['attach'],
      body: async (context) => {
        const name = context.uniqueName('detached');
        const sandbox = await context.detachable({ name });
        await sandbox.writeTextFile({ path: 'directory/file', content: 'kept' });
        await sandbox.detach();
        const other = await context.otherProvider();
        for (const reference of [{ id: sandbox.id }, { name }] as const) {
          const attached = await other.attach(reference);
          assert.deepEqual([attached.id, attached.name, attached.workspace], [sandbox.id, name, sandbox.workspace]);
          assert.equal(await attached.readTextFile({ path: 'directory/file' }), 'kept');
          assert.equal((await context.run(context.guest.print({ stdout: 'runs' }), { sandbox: attached })).stdout, 'runs');
          await attached.detach();
        }
      },
    },
    {
      name: 'detach() is idempotent, also in parallel',
      needs: ['attach'],
      body: async (context) => {
        const sandbox = await context.detachable();
        await Promise.all([sandbox.detach(), sandbox.detach(), sandbox.detach()]);
        await sandbox.detach();
      },
    },
    {
      name: 'disposing of a detached sandbox does nothing',
      needs: ['attach'],
      body: async (context) => {
        const sandbox = await context.detachable();
        await sandbox.writeTextFile({ path: 'file', content: 'kept' });
        await sandbox.detach();
        await sandbox[Symbol.asyncDispose]();
        const attached = await (await context.provider()).attach({ id: sandbox.id });
        assert.equal(await attached.readTextFile({ path: 'file' }), 'kept');
      },
    },
    {
      name: '`leftovers: keep` leaves background processes running',
      needs: ['attach', 'background'],
      body: async (context) => {
        const sandbox = await context.detachable();
        await context.run(context.guest.leftover({ kind: 'own-session', path: 'beat' }), { sandbox });
        await sandbox.detach({ leftovers: 'keep' });
        const attached = await (await context.provider()).attach({ id: sandbox.id });
        await expectGrowth(attached, { path: 'beat', ms: context.scaled(800) });
      },
    },
    {
      name: '`leftovers: keep` ends the programs that this object started, but not others',
      needs: ['attach'],
      body: async (context) => {
        const sandbox = await context.detachable();
        const other = await (await context.provider()).attach({ id: sandbox.id });
        const mine = await context.spawn(context.guest.heartbeat({ path: 'mine' }), { sandbox });
        const theirs = await context.spawn(context.guest.heartbeat({ path: 'theirs' }), { sandbox: other });
        const lost = awaitedLater(expectLost(mine.wait(), 'session-lost'));
        await Promise.all([new OutputReader(mine).until('started\n'), new OutputReader(theirs).until('started\n')]);
        await sandbox.detach({ leftovers: 'keep' });
        await within(lost, { ms: context.scaled(DETACH_MS), what: 'wait() to reject' });
        await expectSilence(other, { path: 'mine', ms: context.scaled(500) });
        await expectGrowth(other, { path: 'theirs', ms: context.scaled(800) });
      },
    },
    {
      name: '`leftovers: end` leaves no process, however it was started',
      needs: ['attach', 'background'],
      budgetMs: 60_000,
      body: async (context) => {
        const sandbox = await context.detachable();
        await startLeftovers(context, sandbox);
        await sandbox.detach({ leftovers: 'end' });
        await expectNoLeftovers(context, await (await context.provider()).attach({ id: sandbox.id }));
      },
    },
    {
      name: 'by default, detach() ends the processes of a created sandbox and keeps the processes of an attached sandbox',
      needs: ['attach', 'background'],
      body: async (context) => {
        const provider = await context.provider();
        const created = await context.detachable();
        await context.run(context.guest.leftover({ kind: 'own-session', path: 'first' }), { sandbox: created });
        await created.detach();
        const attached = await provider.attach({ id: created.id });
        await expectSilence(attached, { path: 'first', ms: context.scaled(500) });
        await context.run(context.guest.leftover({ kind: 'own-session', path: 'second' }), { sandbox: attached });
        await attached.detach();
        await expectGrowth(await provider.attach({ id: created.id }), { path: 'second', ms: context.scaled(800) });
      },
    },
    {
      name: 'a wrong option is refused, and the sandbox keeps working',
      needs: ['attach'],
      body: async (context) => {
        const sandbox = await context.shared();
        await expectInvalid(sandbox.detach({ leftovers: 'some' } as unknown as DetachOptions), 'leftovers');
        assert.equal((await context.run(context.guest.print({ stdout: 'works' }), { sandbox })).stdout, 'works');
      },
    },
    {
      name: 'if sandboxes cannot outlive this process, detach() is refused and the sandbox keeps working',
      needs: ['no-attach'],
      body: async (context) => {
        const sandbox = await context.fresh();
        for (const options of [{}, { leftovers: 'keep' }] as const) await expectSandpodError(sandbox.detach(options), 'unsupported');
        assert.equal((await context.run(context.guest.print({ stdout: 'works' }), { sandbox })).stdout, 'works');
      },
    },
  ],
};
