import assert from 'node:assert/strict';
import type { ClaimOptions, CreateOptions, Sandbox, SandboxProvider } from '@sandpod/core';
import { expectInvalid, expectSandpodError } from '../../tools/expect-failure.ts';
import { expectGrowth } from '../../tools/expect-silence.ts';
import { forEachCase } from '../../tools/for-each-case.ts';
import { expectNoLeftovers, startLeftovers } from '../../tools/leftovers.ts';
import { listedSandbox } from '../../tools/listed-sandboxes.ts';
import type { SandboxContext } from '../sandbox-context.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

/** Tests claims for a sandbox that was created in advance: exactly one client may get the sandbox. */
export const claimTheme: SandboxTheme = {
  name: 'claim',
  tests: [
    {
      name: 'list() shows a sandbox as claimable until it is claimed',
      needs: ['attach'],
      body: async (context) => {
        const provider = await context.provider();
        const id = await createClaimable(context, { labels: { stock: 'warm' } });
        assert.equal((await listedSandbox(provider, id))?.isClaimable, true);
        const sandbox = await claim(provider, { id });
        assert.ok(sandbox !== undefined, 'expected the sandbox to be claimed');
        assert.deepEqual([sandbox.id, sandbox.name, { ...sandbox.labels }], [id, undefined, { stock: 'warm' }]);
        assert.equal((await context.run(context.guest.print({ stdout: 'works' }), { sandbox })).stdout, 'works');
        assert.equal((await listedSandbox(provider, id))?.isClaimable, false);
        assert.equal(await claim(provider, { id }), undefined);
      },
    },
    {
      name: 'if eight clients claim a sandbox at the same time, exactly one of them gets it',
      needs: ['attach'],
      budgetMs: 60_000,
      body: async (context) => {
        const id = await createClaimable(context);
        const providers = await Promise.all(Array.from({ length: 4 }, () => context.otherProvider()));
        const claims = await Promise.all([...providers, ...providers].map((provider) => claim(provider, { id })));
        const winners = claims.filter((sandbox) => sandbox !== undefined);
        assert.equal(winners.length, 1);
        const [winner] = winners;
        assert.equal((await context.run(context.guest.print({ stdout: 'mine' }), { sandbox: winner as Sandbox })).stdout, 'mine');
        assert.equal((await listedSandbox(await context.provider(), id))?.isClaimable, false);
      },
    },
    {
      name: 'if eight clients claim a sandbox at the same time with different names, exactly one name is used',
      needs: ['attach'],
      budgetMs: 60_000,
      body: async (context) => {
        const id = await createClaimable(context);
        const provider = await context.provider();
        const names = Array.from({ length: 8 }, () => context.uniqueName('claimed'));
        const claims = await Promise.all(names.map((name) => claim(provider, { id, name })));
        const winners = claims.filter((sandbox) => sandbox !== undefined);
        assert.equal(winners.length, 1);
        for (const [index, name] of names.entries()) {
          if (claims[index] === undefined) await expectSandpodError(provider.attach({ name }), 'sandbox-not-found');
          else assert.deepEqual([claims[index]?.name, (await provider.attach({ name })).id], [name, id]);
        }
      },
    },
    {
      name: 'a claim can set a name by which other clients find the sandbox',
      needs: ['attach'],
      body: async (context) => {
        const name = context.uniqueName('named');
        const id = await createClaimable(context);
        const sandbox = await claim(await context.provider(), { id, name });
        assert.equal(sandbox?.name, name);
        const other = await context.otherProvider();
        assert.equal((await other.attach({ name })).id, id);
        assert.equal((await listedSandbox(other, id))?.name, name);
        await expectSandpodError(other.create({ name }), 'sandbox-exists');
      },
    },
    {
      name: 'a name that is in use is refused, and the sandbox can still be claimed',
      needs: ['attach'],
      body: async (context) => {
        const provider = await context.provider();
        const name = context.uniqueName('taken');
        const holder = await context.fresh({ name });
        const id = await createClaimable(context);
        await expectSandpodError(claim(provider, { id, name }), 'sandbox-exists');
        assert.equal((await provider.attach({ name })).id, holder.id);
        assert.ok((await claim(provider, { id })) !== undefined, 'expected the sandbox to be claimed');
      },
    },
    {
      name: 'a claim keeps the files and ends all earlier processes',
      needs: ['attach', 'background'],
      budgetMs: 60_000,
      body: async (context) => {
        const provider = await context.provider();
        const sandbox = await context.detachable({ isClaimable: true });
        await sandbox.writeTextFile({ path: 'prepared', content: 'by the stock' });
        await startLeftovers(context, sandbox);
        await sandbox.detach({ leftovers: 'keep' });
        const claimed = await claim(provider, { id: sandbox.id });
        assert.ok(claimed !== undefined, 'expected the sandbox to be claimed');
        await expectNoLeftovers(context, claimed);
        assert.equal(await claimed.readTextFile({ path: 'prepared' }), 'by the stock');
      },
    },
    {
      name: 'a claim can change the expiry, and keeps it by default',
      needs: ['attach', 'expiry'],
      body: async (context) => {
        const provider = await context.provider();
        const expiryOf = async (id: string): Promise<number> => (await listedSandbox(provider, id))?.expiresMs ?? 0;
        const [kept, moved] = [await createClaimable(context), await createClaimable(context)];
        const before = await expiryOf(kept);
        await claim(provider, { id: kept });
        assert.ok(Math.abs((await expiryOf(kept)) - before) <= 1_000, 'expected the expiry to stay');
        await claim(provider, { id: moved, expiresInMs: 7_200_000 });
        assert.ok(Math.abs((await expiryOf(moved)) - Date.now() - 7_200_000) <= context.scaled(5_000), 'expected the new expiry');
      },
    },
    {
      name: 'an id that does not exist causes sandbox-not-found, and wrong options are refused',
      needs: ['attach'],
      body: async (context) => {
        const provider = await context.provider();
        await expectSandpodError(claim(provider, { id: 'never-was' }), 'sandbox-not-found');
        const sandbox = await context.fresh({ isClaimable: true });
        await sandbox[Symbol.asyncDispose]();
        await expectSandpodError(claim(provider, { id: sandbox.id }), 'sandbox-not-found');
        const cases = [
          ['id', {}],
          ['id', { id: '../x' }],
          ['name', { id: 'x', name: 'a b' }],
          ['expiresInMs', { id: 'x', expiresInMs: 0 }],
        ] as const;
        await forEachCase(cases, ([field, options]) => expectInvalid(claim(provider, options as ClaimOptions), field));
      },
    },
    {
      name: 'a sandbox that is not claimable cannot be claimed, and it keeps running',
      needs: ['attach'],
      body: async (context) => {
        const sandbox = await context.fresh();
        await context.spawn(context.guest.heartbeat({ path: 'beat' }), { sandbox });
        assert.equal(await claim(await context.otherProvider(), { id: sandbox.id, name: context.uniqueName('mine') }), undefined);
        assert.equal((await listedSandbox(await context.provider(), sandbox.id))?.name, undefined);
        await expectGrowth(sandbox, { path: 'beat', ms: context.scaled(800) });
      },
    },
  ],
};

/** Creates a sandbox that waits for an owner and, as a pool does, detaches from the sandbox. Returns the sandbox's id. */
async function createClaimable(context: SandboxContext, options: CreateOptions = {}): Promise<string> {
  const sandbox = await context.detachable({ ...options, isClaimable: true });
  await sandbox.detach();
  return sandbox.id;
}

function claim(provider: SandboxProvider, options: ClaimOptions): Promise<Sandbox | undefined> {
  assert.ok(provider.claim !== undefined, 'expected a method claim(), because the capability attach is set');
  return provider.claim(options);
}
