import assert from 'node:assert/strict';
import { LEFTOVER_KINDS } from '../../guest/leftover-kinds.ts';
import { expectSandpodError } from '../../tools/expect-failure.ts';
import { expectGrowth, expectSilence } from '../../tools/expect-silence.ts';
import { livingSandboxes } from '../../tools/listed-sandboxes.ts';
import type { ExecutorTheme } from '../executor-test.ts';

/** Tests which processes continue after a call, and whether the sandbox outlives its executor. */
export const sandboxOwnershipTheme: ExecutorTheme = {
  name: 'sandbox ownership',
  tests: [
    {
      name: 'by default, a process that a call started continues in later calls',
      needs: ['files', 'state', 'background'],
      body: async (context) => {
        const executor = await context.fresh();
        context.expectOk(await context.run(context.guest.leftover({ kind: 'own-session', path: 'beat' }), { executor }));
        context.expectOk(await context.run(context.guest.print({ stdout: 'next' }), { executor }));
        await expectGrowth(await context.files(executor), { path: 'beat', ms: context.scaled(800) });
      },
    },
    {
      name: '`leftovers: end` ends every process that a call started, and keeps files',
      needs: ['files', 'state', 'background', 'option-leftovers'],
      budgetMs: 90_000,
      body: async (context) => {
        const executor = await context.fresh({ leftovers: 'end' });
        const files = await context.files(executor);
        for (const kind of LEFTOVER_KINDS) {
          const result = await context.run(context.guest.leftover({ kind, path: kind }), { executor });
          assert.deepEqual([context.expectOk(result), result.stateLost], ['', false], kind);
        }
        for (const path of LEFTOVER_KINDS) {
          assert.ok((await files.stat({ path })) !== null, 'expected the files to stay');
          await expectSilence(files, { path, ms: context.scaled(300) });
        }
      },
    },
    {
      name: '`leftovers: end` ends the processes of a call that failed',
      needs: ['files', 'state', 'background', 'option-leftovers', 'exit-code'],
      body: async (context) => {
        const executor = await context.fresh({ leftovers: 'end' });
        const { guest } = context;
        const blocks = [guest.leftover({ kind: 'double-forked', path: 'beat' }), guest.print({ exitCode: 3 })];
        context.expectOutcome(await executor.execute(blocks.map((source) => context.block(source))), 'failed');
        await expectSilence(await context.files(executor), { path: 'beat', ms: context.scaled(500) });
      },
    },
    {
      name: 'an attached executor shares the files of its sandbox, and stop() keeps the sandbox',
      needs: ['attach', 'files', 'state'],
      body: async (context) => {
        const sandbox = await context.sandbox();
        await sandbox.writeTextFile({ path: 'before', content: 'from the sandbox' });
        const executor = await context.fresh({ attachTo: { id: sandbox.id } });
        const shown = context.expectOk(await context.run(context.guest.showFile({ path: 'before' }), { executor }));
        assert.equal(shown, 'present\nfrom the sandbox');
        const files = await context.files(executor);
        assert.equal(await files.readTextFile({ path: 'before' }), 'from the sandbox');
        await files.writeTextFile({ path: 'after', content: 'from the executor' });
        await executor.stop();
        assert.equal(await sandbox.readTextFile({ path: 'after' }), 'from the executor');
        assert.equal((await sandbox.run({ command: 'echo alive' })).stdout, 'alive\n');
        assert.equal(
          context.expectOk(await context.run(context.guest.showFile({ path: 'after' }), { executor })),
          'present\nfrom the executor',
        );
      },
    },
    {
      name: 'an attached executor does not replace its sandbox, and does not create a missing sandbox',
      needs: ['attach'],
      body: async (context) => {
        const sandbox = await context.sandbox();
        const executor = await context.fresh({ attachTo: { id: sandbox.id } });
        await executor.start();
        await expectSandpodError(executor.restart(), 'unsupported');
        const lost = await context.fresh({ attachTo: { id: 'never-was' } });
        await expectSandpodError(lost.start(), 'sandbox-not-found');
      },
    },
    {
      name: '`attachTo` and `autoRemove: false` are refused if sandboxes end with the process that created them',
      needs: ['no-attach'],
      body: async (context) => {
        for (const options of [{ attachTo: { id: 'never-was' } }, { autoRemove: false }]) {
          await expectSandpodError(context.fresh(options), 'unsupported');
        }
      },
    },
    {
      name: 'with `autoRemove: true`, an attached executor removes the sandbox when it stops',
      needs: ['attach'],
      body: async (context) => {
        const sandbox = await context.sandbox();
        const executor = await context.fresh({ attachTo: { id: sandbox.id }, autoRemove: true });
        await executor.start();
        await executor.stop();
        await expectSandpodError(context.provider().attach({ id: sandbox.id }), 'sandbox-not-found');
      },
    },
    {
      name: 'with `autoRemove: false`, disposal keeps the sandbox and its files, and ends its processes',
      needs: ['attach', 'files', 'background'],
      body: async (context) => {
        const provider = context.provider();
        const marker = `marker-${process.pid}-${Date.now()}`;
        const before = new Set((await livingSandboxes(provider)).map(({ id }) => id));
        const executor = await context.fresh({ autoRemove: false });
        context.expectOk(await context.run(context.guest.leftover({ kind: 'double-forked', path: marker }), { executor }));
        await executor[Symbol.asyncDispose]();
        const created = (await livingSandboxes(provider)).filter(({ id }) => !before.has(id));
        for (const { id } of created) {
          const sandbox = await provider.attach({ id }).catch(() => undefined);
          if (sandbox === undefined || (await sandbox.stat({ path: marker }).catch(() => null)) === null) continue;
          context.cleanUp.defer(() => sandbox[Symbol.asyncDispose]());
          return expectSilence(sandbox, { path: marker, ms: context.scaled(500) });
        }
        assert.fail('expected the sandbox to exist');
      },
    },
  ],
};
