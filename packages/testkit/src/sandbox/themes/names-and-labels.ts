import assert from 'node:assert/strict';
import type { AttachOptions, CreateOptions, Sandbox, SandboxProvider } from '@sandpod/core';
import { expectInvalid, expectSandpodError } from '../../tools/expect-failure.ts';
import { forEachCase } from '../../tools/for-each-case.ts';
import { listedSandbox, livingSandboxes } from '../../tools/listed-sandboxes.ts';
import type { SandboxTheme } from '../sandbox-test.ts';

const BAD_LABELS: readonly unknown[] = [
  { '': 'x' },
  { UPPER: 'x' },
  { '-start': 'x' },
  { 'end.': 'x' },
  { 'a/b': 'x' },
  { 'a b': 'x' },
  { ['k'.repeat(41)]: 'x' },
  { key: 'a b' },
  { key: '-x' },
  { key: 'ü' },
  { key: 'a\nb' },
  { key: 'x'.repeat(64) },
  { key: 1 },
  { key: null },
  'x',
  Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`key-${index}`, 'x'])),
];

/** Labels with keys that a platform or sandpod may itself use. */
const RESERVED_WORDS = {
  id: 'other',
  name: 'other',
  owner: 'other',
  'managed-by': 'other',
  sandpod: 'other',
  'sandpod.id': 'other',
  'sandpod.name': 'other',
  'sandpod.expires': '1',
  expires: '1',
  'expires-ms': '1',
  claimable: 'true',
  state: 'ended',
  role: 'lease',
  app: 'other',
  'job-name': 'other',
  'com.docker.compose.project': 'other',
};

/** Tests the name and the labels that a caller sets for a sandbox. */
export const namesAndLabelsTheme: SandboxTheme = {
  name: 'names and labels',
  tests: [
    {
      name: 'id and name are separate, and list() contains both',
      body: async (context) => {
        const name = context.uniqueName('apart');
        const [named, unnamed] = await Promise.all([context.fresh({ name }), context.fresh()]);
        assert.equal(named.name, name);
        assert.notEqual(named.id, name);
        assert.equal(unnamed.name, undefined);
        const provider = await context.provider();
        assert.equal((await listedSandbox(provider, named.id))?.name, name);
        const listed = await listedSandbox(provider, unnamed.id);
        assert.ok(listed !== undefined && !('name' in listed && listed.name !== undefined), 'expected no name');
      },
    },
    {
      name: 'attach() accepts the id or the name, and nothing else',
      needs: ['attach'],
      body: async (context) => {
        const name = context.uniqueName('either');
        const sandbox = await context.fresh({ name });
        const other = await context.otherProvider();
        for (const reference of [{ id: sandbox.id }, { name }] as const) {
          const attached = await other.attach(reference);
          assert.deepEqual([attached.id, attached.name], [sandbox.id, name]);
        }
        await expectSandpodError(other.attach({ name: context.uniqueName('nobody') }), 'sandbox-not-found');
        await expectSandpodError(other.attach({ id: name }), 'sandbox-not-found');
        for (const bad of [{}, { id: sandbox.id, name }, { name: '' }, { name: '../x' }])
          await expectInvalid(other.attach(bad as unknown as AttachOptions), 'attach');
      },
    },
    {
      name: 'if eight clients create a sandbox with the same name at the same time, exactly one of them succeeds',
      budgetMs: 90_000,
      body: async (context) => {
        const name = context.uniqueName('race');
        const { attach } = await context.capabilities();
        const providers = attach ? await Promise.all([1, 2, 3, 4].map(() => context.otherProvider())) : [await context.provider()];
        const creations = await Promise.allSettled(Array.from({ length: 8 }, (_, index) => createIn(providers, index, { name })));
        const made = creations.flatMap((creation) => (creation.status === 'fulfilled' ? [creation.value] : []));
        for (const sandbox of made) context.cleanUp.defer(() => sandbox[Symbol.asyncDispose]());
        for (const creation of creations)
          if (creation.status === 'rejected') await expectSandpodError(Promise.reject(creation.reason), 'sandbox-exists');
        assert.equal(made.length, 1);
        const [winner] = made;
        assert.ok(winner !== undefined);
        assert.equal((await context.run(context.guest.print({ stdout: 'alive' }), { sandbox: winner })).stdout, 'alive');
        const listed = (await livingSandboxes(await context.provider())).filter((info) => info.name === name);
        assert.deepEqual(
          attach || listed.length > 0 ? listed.map(({ id }) => id) : [winner.id],
          [winner.id],
          'expected the other calls to leave nothing behind',
        );
      },
    },
    {
      name: 'the sandbox and list() have the labels, and changing the options later does not change them',
      body: async (context) => {
        const labels: Record<string, string> = { team: 'blue', 'a.b_c-d': '', version: 'V1.0_x-y' };
        const given = { ...labels };
        const [sandbox, plain] = await Promise.all([context.fresh({ labels: given }), context.fresh()]);
        given['team'] = 'red';
        const provider = await context.provider();
        assert.deepEqual({ ...sandbox.labels }, labels);
        assert.deepEqual({ ...plain.labels }, {});
        assert.deepEqual({ ...(await listedSandbox(provider, sandbox.id))?.labels }, labels);
        assert.deepEqual({ ...(await listedSandbox(provider, plain.id))?.labels }, {});
      },
    },
    {
      name: 'an attached sandbox has the labels from its creation',
      needs: ['attach'],
      body: async (context) => {
        const labels = { team: 'blue', empty: '' };
        const sandbox = await context.fresh({ labels });
        const attached = await (await context.otherProvider()).attach({ id: sandbox.id });
        assert.deepEqual({ ...attached.labels }, labels);
      },
    },
    {
      name: 'list({ labels }) yields the sandboxes that have all of these labels',
      body: async (context) => {
        const provider = await context.provider();
        const run = context.uniqueName('run');
        const colors = ['blue', 'red', ''];
        const made = await Promise.all(colors.map((color) => context.fresh({ labels: { run, color } })));
        const other = await context.fresh({ labels: { color: 'blue' } });
        const ids = async (labels: Record<string, string>): Promise<string[]> =>
          (await livingSandboxes(provider, { labels })).map(({ id }) => id).sort();
        assert.deepEqual(await ids({ run }), made.map(({ id }) => id).sort());
        for (const [index, color] of colors.entries()) assert.deepEqual(await ids({ run, color }), [made[index]?.id]);
        assert.deepEqual(await ids({ run, color: 'green' }), []);
        assert.deepEqual(await ids({ run: 'unknown' }), []);
        const all = await ids({});
        for (const { id } of [...made, other]) assert.ok(all.includes(id), 'expected all sandboxes if no labels are given');
      },
    },
    {
      name: 'wrong labels are refused by create() and by list()',
      body: async (context) => {
        const provider = await context.provider();
        await forEachCase(BAD_LABELS, async (labels) => {
          await expectInvalid(create(provider, { labels } as CreateOptions), 'labels');
          await expectInvalid(livingSandboxes(provider, { labels } as never), 'labels');
        });
      },
    },
    {
      name: "labels cannot clash with the platform's labels",
      body: async (context) => {
        const provider = await context.provider();
        const name = context.uniqueName('clash');
        const sandbox = await context.fresh({ name, labels: RESERVED_WORDS });
        const listed = await listedSandbox(provider, sandbox.id);
        assert.ok(listed !== undefined, 'expected the sandbox in the list');
        assert.deepEqual([listed.name, listed.state, listed.isClaimable, { ...listed.labels }], [name, 'running', false, RESERVED_WORDS]);
        assert.ok(listed.expiresMs === undefined || listed.expiresMs > Date.now(), 'expected the sandbox not to have expired');
        const { removed } = await provider.sweep();
        assert.ok(!removed.includes(sandbox.id), 'expected the sweep to keep the sandbox');
        assert.equal((await context.run(context.guest.print({ stdout: 'alive' }), { sandbox })).stdout, 'alive');
      },
    },
  ],
};

async function createIn(providers: readonly SandboxProvider[], index: number, options: CreateOptions): Promise<Sandbox> {
  const provider = providers[index % providers.length];
  assert.ok(provider !== undefined);
  return provider.create(options);
}

/** Calls `create()`, which should fail. If the call succeeds, removes the new sandbox. */
async function create(provider: SandboxProvider, options: CreateOptions): Promise<void> {
  const sandbox = await provider.create(options);
  await sandbox[Symbol.asyncDispose]();
}
