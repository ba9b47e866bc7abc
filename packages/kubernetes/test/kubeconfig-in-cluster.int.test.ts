import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { expect, test } from 'vitest';
import { parseYaml } from '../src/client/parse-yaml.ts';
import { PodSandboxProvider, podRoleManifest } from '../src/index.ts';
import { TestNamespace } from './fixtures/test-namespace.ts';
import { testOptions } from './test-cluster.ts';

const PROGRAM = fileURLToPath(new URL('./fixtures/in-cluster.ts', import.meta.url));
const PLURALS: Readonly<Record<string, string>> = { ServiceAccount: 'serviceaccounts', Role: 'roles', RoleBinding: 'rolebindings' };

interface Manifest {
  readonly kind: string;
  readonly apiVersion: string;
}

/** What `sandpod rbac pod | kubectl apply -f -` does. */
async function applyRole(namespace: TestNamespace): Promise<void> {
  for (const manifest of parseYaml(podRoleManifest({ namespace: namespace.name })) as Manifest[]) {
    const [version = '', group = ''] = manifest.apiVersion.split('/').toReversed();
    await namespace.request({ verb: 'create', group, version, resource: PLURALS[manifest.kind] ?? manifest.kind }, manifest);
  }
}

/** The program with all that it imports, as one file. */
async function bundle(): Promise<string> {
  const conditions = ['@sandpod/source', 'node', 'import', 'default'];
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions },
    ssr: { noExternal: true, resolve: { conditions } },
    build: { ssr: PROGRAM, write: false, target: 'node22', rolldownOptions: { output: { codeSplitting: false } } },
  });
  const [{ output }] = [built].flat() as [Rolldown.RolldownOutput];
  return output[0].code;
}

test('inside the cluster, with the documented role and nothing else, an executor needs no configuration', {
  timeout: 180_000,
}, async () => {
  await using namespace = await TestNamespace.create('inside');
  await applyRole(namespace);
  const loosened = { serviceAccountName: 'sandpod', automountServiceAccountToken: true, network: 'open' } as const;
  await using provider = new PodSandboxProvider(namespace.options(loosened));
  await using client = await provider.create();
  await client.writeTextFile({ path: 'in-cluster.mjs', content: await bundle() });
  // The image's own Node may be too old.
  const node = Readable.toWeb(createReadStream(process.execPath)) as ReadableStream<Uint8Array>;
  await client.writeFile({ path: 'node', content: node });
  await client.run({ argv: ['chmod', '+x', 'node'] });
  const { image = '' } = testOptions();
  const { stdout, stderr } = await client.run({ argv: ['./node', 'in-cluster.mjs', image], timeoutMs: 90_000 });
  expect(stderr).toBe('');
  const told = JSON.parse(stdout);
  expect(told).toMatchObject({ outcome: 'ok', output: '42\n', text: 'text', namespace: namespace.name, weaknesses: [] });
  expect(told.notes[0]).toMatch(
    /^The cluster is https:\/\/[\d.]+:\d+, from the pod's service account; the namespace is sandpod-test-inside-/,
  );
  await expect.poll(async () => (await namespace.objects()).filter((name) => name.startsWith('pods/')).length, { timeout: 20_000 }).toBe(1);
});
