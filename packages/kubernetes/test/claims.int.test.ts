import type { V1Job } from '@kubernetes/client-node';
import { afterAll, beforeAll, test } from 'vitest';
import { RESOURCE } from '../src/client/resources.ts';
import { type PodSandbox, PodSandboxProvider } from '../src/index.ts';
import { COUNT_SPIES, SPY } from './fixtures/spy.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('claims');
});
afterAll(() => namespace[Symbol.asyncDispose]());

/** The Jobs that reserve names, by the name that they reserve. */
async function reservedNames(): Promise<(string | undefined)[]> {
  const { items } = await namespace.request<{ items: V1Job[] }>({ ...RESOURCE.jobs, verb: 'list' });
  return items
    .filter(({ metadata }) => metadata?.labels?.['sandpod.dev/role'] === 'name')
    .map(({ metadata }) => metadata?.labels?.['sandpod.dev/name']);
}

async function offerSandbox(provider: PodSandboxProvider): Promise<PodSandbox> {
  const sandbox = await provider.create({ isClaimable: true });
  await sandbox.detach({ leftovers: 'keep' });
  return sandbox;
}

test('of eight that claim a sandbox at once, each for another name, exactly one gets it; the names of the others stay free', {
  concurrent: true,
  timeout: 120_000,
}, async ({ expect }) => {
  await using stack = new AsyncDisposableStack();
  const maker = stack.use(new PodSandboxProvider(namespace.options()));
  const { id } = await offerSandbox(maker);
  const providers = Array.from({ length: 8 }, () => stack.use(new PodSandboxProvider(namespace.options())));
  const claims = await Promise.all(providers.map((provider, index) => provider.claim({ id, name: `winner-${index}` })));
  const winners = claims.filter((claim) => claim !== undefined);
  expect(winners).toHaveLength(1);
  const [winner] = winners;
  expect(winner?.name).toMatch(/^winner-\d$/);
  expect((await winner?.run({ argv: ['echo', 'mine'] }))?.stdout).toBe('mine\n');
  expect((await reservedNames()).filter((name) => name?.startsWith('winner-'))).toEqual([winner?.name]);
  const [info] = (await Array.fromAsync(maker.list())).filter((each) => each.id === id);
  expect(info).toMatchObject({ id, name: winner?.name, isClaimable: false });
  expect(await maker.claim({ id })).toBeUndefined();
  await winner?.[Symbol.asyncDispose]();
});

test('of eight that claim a sandbox at once for the same name, exactly one gets it', { concurrent: true, timeout: 120_000 }, async ({
  expect,
}) => {
  await using provider = new PodSandboxProvider(namespace.options());
  const { id } = await offerSandbox(provider);
  const claims = await Promise.all(Array.from({ length: 8 }, () => provider.claim({ id, name: 'same' })));
  const [winner, ...others] = claims.filter((claim) => claim !== undefined);
  expect(winner?.name).toBe('same');
  expect(others).toEqual([]);
  await winner?.[Symbol.asyncDispose]();
});

test('a claim while the maker renews the expiry succeeds; the claim sets its own expiry', { concurrent: true }, async ({ expect }) => {
  await using provider = new PodSandboxProvider(namespace.options());
  await using made = await provider.create({ isClaimable: true, expiresInMs: 60_000 });
  const renewing = Promise.all(Array.from({ length: 3 }, () => made.extend({ expiresInMs: 120_000 }).catch(() => {})));
  const claimed = await provider.claim({ id: made.id, name: 'renewed', expiresInMs: 900_000 });
  await renewing;
  expect(claimed?.name).toBe('renewed');
  await claimed?.extend({ expiresInMs: 900_000 });
  const [info] = (await Array.fromAsync(provider.list())).filter(({ id }) => id === made.id);
  expect(info?.expiresMs).toBeGreaterThan(Date.now() + 890_000);
  await claimed?.[Symbol.asyncDispose]();
});

test('a claim for a name that a living sandbox has is refused, and the sandbox can still be claimed', { concurrent: true }, async ({
  expect,
}) => {
  await using provider = new PodSandboxProvider(namespace.options());
  await using _owner = await provider.create({ name: 'owned' });
  const { id } = await offerSandbox(provider);
  const error = await failureOf(provider.claim({ id, name: 'owned' }));
  expect(error).toMatchObject({ code: 'sandbox-exists' });
  expect(error.message).toContain('has the name owned');
  const claimed = await provider.claim({ id, name: 'free' });
  expect(claimed?.name).toBe('free');
  await claimed?.[Symbol.asyncDispose]();
});

test('a sandbox that is not claimable, or that is gone, cannot be claimed', { concurrent: true }, async ({ expect }) => {
  await using provider = new PodSandboxProvider(namespace.options());
  const sandbox = await provider.create();
  expect(await provider.claim({ id: sandbox.id })).toBeUndefined();
  await sandbox[Symbol.asyncDispose]();
  await expect.poll(() => failureOf(provider.claim({ id: sandbox.id })), { timeout: 20_000 }).toMatchObject({ code: 'sandbox-not-found' });
});

test('no process from before a claim lives on, also not one that has left its session and ignores TERM', { concurrent: true }, async ({
  expect,
}) => {
  await using provider = new PodSandboxProvider(namespace.options());
  const made = await provider.create({ isClaimable: true });
  await made.run({ command: SPY });
  expect((await made.run({ command: COUNT_SPIES })).stdout).toBe('1\n');
  await made.detach({ leftovers: 'keep' });
  const claimed = await provider.claim({ id: made.id });
  expect((await claimed?.run({ command: COUNT_SPIES }))?.stdout).toBe('0\n');
  await claimed?.[Symbol.asyncDispose]();
});
