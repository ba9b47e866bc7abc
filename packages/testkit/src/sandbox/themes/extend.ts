import assert from 'node:assert/strict';
import type { ExtendOptions, Sandbox, SandboxProvider } from '@sandpod/core';
import { expectAbort, expectInvalid, expectSandpodError, rejectionOf } from '../../tools/expect-failure.ts';
import { forEachCase } from '../../tools/for-each-case.ts';
import { listedSandbox } from '../../tools/listed-sandboxes.ts';
import { pause, within } from '../../tools/within.ts';
import type { SandboxContext } from '../sandbox-context.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

/** Milliseconds by which a listed expiry may differ, because clocks differ and platforms count in seconds. */
const TOLERANCE_MS = 5_000;
/** Milliseconds that a platform may take to remove an expired sandbox. */
const REMOVAL_MS = 30_000;

const BAD_OPTIONS: readonly unknown[] = [
  {},
  { expiresInMs: 0 },
  { expiresInMs: -1 },
  { expiresInMs: Number.NaN },
  { expiresInMs: Number.POSITIVE_INFINITY },
  { expiresInMs: '60000' },
  { expiresInMs: undefined },
];

/**
 * Tries to keep the sandbox alive. Ends or disturbs each process that could end the sandbox, and rewrites each file that could contain its
 * expiry.
 */
const RESIST = [
  'for name in HUP INT USR1 USR2 ALRM CONT WINCH QUIT TERM; do kill -s "$name" 1; done',
  'for file in /tmp/* /tmp/.[!.]* /run/* /var/run/* /var/tmp/* /dev/shm/* /run/*/* /tmp/*/*; do',
  '  test -f "$file" && { echo 99999999999 >"$file" || rm -f "$file"; }',
  'done',
  'for file in /proc/[0-9]*/fd/*; do test -f "$file" && echo 99999999999 >"$file"; done',
  'kill -9 -1',
].join('\n');

/** Tests changes to the time at which the platform removes a sandbox. */
export const extendTheme: SandboxTheme = {
  name: 'extend',
  tests: [
    {
      name: 'list() shows the expiry of a new sandbox, and after extend() the new expiry, whether later or earlier',
      needs: ['expiry'],
      body: async (context) => {
        const provider = await context.provider();
        const sandbox = await context.fresh({ expiresInMs: 1_800_000 });
        await expectExpiry(context, { provider, id: sandbox.id, expiresInMs: 1_800_000 });
        for (const expiresInMs of [3_600_000, 900_000]) {
          await sandbox.extend({ expiresInMs });
          await expectExpiry(context, { provider, id: sandbox.id, expiresInMs });
        }
      },
    },
    {
      name: 'other providers see the new expiry',
      needs: ['expiry', 'attach'],
      body: async (context) => {
        const sandbox = await context.fresh();
        const other = await context.otherProvider();
        await sandbox.extend({ expiresInMs: 7_200_000 });
        await expectExpiry(context, { provider: other, id: sandbox.id, expiresInMs: 7_200_000 });
        const attached = await other.attach({ id: sandbox.id });
        await attached.extend({ expiresInMs: 600_000 });
        await expectExpiry(context, { provider: await context.provider(), id: sandbox.id, expiresInMs: 600_000 });
      },
    },
    {
      name: 'an extended sandbox keeps running after its first expiry',
      needs: ['expiry'],
      budgetMs: 90_000,
      body: async (context) => {
        const expiresInMs = context.scaled(15_000);
        const sandbox = await context.detachable({ expiresInMs });
        const firstExpiryMs = Date.now() + expiresInMs;
        await sandbox.extend({ expiresInMs: 600_000 });
        await sandbox.writeTextFile({ path: 'file', content: 'kept' });
        await pause(firstExpiryMs - Date.now() + context.scaled(3_000));
        assert.equal(await sandbox.readTextFile({ path: 'file' }), 'kept');
        assert.equal((await context.run(context.guest.print({ stdout: 'alive' }), { sandbox })).stdout, 'alive');
      },
    },
    {
      name: 'a sandbox with an earlier expiry is gone soon after that expiry, and reports that it expired',
      needs: ['expiry'],
      budgetMs: 90_000,
      body: async (context) => expectExpired(context, await context.detachable()),
    },
    {
      name: 'a sandbox whose expiry another client made earlier reports that it expired',
      needs: ['expiry', 'attach'],
      budgetMs: 90_000,
      body: async (context) => {
        const other = await context.otherProvider();
        await expectExpired(context, await context.detachable(), async (sandbox) => other.attach({ id: sandbox.id }));
      },
    },
    {
      name: 'programs in the sandbox cannot change the expiry',
      needs: ['expiry', 'background', 'real-kernel', 'contained'],
      budgetMs: 90_000,
      body: async (context) => {
        const provider = await context.provider();
        const sandbox = await context.detachable();
        const expiresInMs = context.scaled(12_000);
        await sandbox.extend({ expiresInMs });
        const expiryMs = Date.now() + expiresInMs;
        await sandbox.run({ argv: ['sh', '-c', RESIST], timeoutMs: context.scaled(8_000) }).catch(() => undefined);
        const listed = await listedSandbox(provider, sandbox.id);
        if (listed !== undefined) {
          assert.ok(listed.expiresMs !== undefined && Math.abs(listed.expiresMs - expiryMs) <= context.scaled(TOLERANCE_MS));
        }
        await expectRemoval(context, { provider, sandbox, withinMs: expiryMs - Date.now() + context.scaled(REMOVAL_MS) });
      },
    },
    {
      name: '`null` means never, or is refused if the platform does not allow it, and the expiry stays',
      needs: ['expiry'],
      body: async (context) => {
        const provider = await context.provider();
        const sandbox = await context.fresh();
        const before = await listedSandbox(provider, sandbox.id);
        const refusal = await sandbox.extend({ expiresInMs: null }).then(
          () => undefined,
          (error: unknown) => error,
        );
        const after = await listedSandbox(provider, sandbox.id);
        assert.ok(after !== undefined, 'expected the sandbox in the list');
        if (refusal === undefined) {
          assert.equal(after.expiresMs, undefined);
          await sandbox.extend({ expiresInMs: 600_000 });
          await expectExpiry(context, { provider, id: sandbox.id, expiresInMs: 600_000 });
        } else {
          await expectSandpodError(Promise.reject(refusal), 'unsupported');
          assert.equal(after.expiresMs, before?.expiresMs);
        }
      },
    },
    {
      name: 'wrong values and an aborted signal are refused, and the expiry stays',
      needs: ['expiry'],
      body: async (context) => {
        const provider = await context.provider();
        const sandbox = await context.fresh();
        const before = await listedSandbox(provider, sandbox.id);
        await forEachCase(BAD_OPTIONS, (options) => expectInvalid(sandbox.extend(options as ExtendOptions), 'expiresInMs'));
        const reason = new Error('before the request');
        await expectAbort(sandbox.extend({ expiresInMs: 7_200_000, abortSignal: AbortSignal.abort(reason) }), reason);
        assert.equal((await listedSandbox(provider, sandbox.id))?.expiresMs, before?.expiresMs);
      },
    },
    {
      name: 'if the expiry cannot be changed, extend() is refused and the sandbox keeps working',
      needs: ['no-expiry'],
      body: async (context) => {
        const sandbox = await context.fresh();
        await expectSandpodError(sandbox.extend({ expiresInMs: 7_200_000 }), 'unsupported');
        assert.equal((await context.run(context.guest.print({ stdout: 'works' }), { sandbox })).stdout, 'works');
      },
    },
  ],
};

async function expectExpiry(
  context: SandboxContext,
  expected: { readonly provider: SandboxProvider; readonly id: string; readonly expiresInMs: number },
): Promise<void> {
  const expiresMs = (await listedSandbox(expected.provider, expected.id))?.expiresMs;
  const wanted = Date.now() + expected.expiresInMs;
  const isClose = expiresMs !== undefined && Math.abs(expiresMs - wanted) <= context.scaled(TOLERANCE_MS);
  assert.ok(isClose, `expected an expiry close to ${wanted}, given ${expiresMs}`);
}

/** Shortens the time until a sandbox expires, and expects the sandbox to expire. By default, shortens the time through the same object. */
async function expectExpired(
  context: SandboxContext,
  sandbox: Sandbox,
  shortenedBy: (sandbox: Sandbox) => Promise<Sandbox> = async () => sandbox,
): Promise<void> {
  const provider = await context.provider();
  const handle = await shortenedBy(sandbox);
  await handle.extend({ expiresInMs: context.scaled(2_000) });
  await expectRemoval(context, { provider, sandbox, withinMs: context.scaled(2_000 + REMOVAL_MS) });
  assert.match(await within(sandbox.lost, { ms: context.scaled(5_000), what: 'the reason for the loss' }), /expired/);
}

async function expectRemoval(
  context: SandboxContext,
  expected: { readonly provider: SandboxProvider; readonly sandbox: Sandbox; readonly withinMs: number },
): Promise<void> {
  const { provider, sandbox, withinMs } = expected;
  const untilMs = Date.now() + withinMs;
  while ((await listedSandbox(provider, sandbox.id)) !== undefined) {
    assert.ok(Date.now() < untilMs, `expected the sandbox to be gone, but it is still listed after ${withinMs} ms`);
    await pause(context.scaled(250));
  }
  await rejectionOf(context.run(context.guest.print({ stdout: 'alive' }), { sandbox }), 'that an expired sandbox runs nothing');
}
