import type { V1Pod } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { RESOURCE } from '../src/client/resources.ts';
import { PodSandboxProvider } from '../src/index.ts';
import { TestNamespace } from './fixtures/test-namespace.ts';

/** No other pod on the nodes runs as this user. */
const USER = 424_200_000 + (process.pid % 1_000_000);

test("in the node's process namespace, ending a run leaves the processes of other pods alone", async () => {
  await using namespace = await TestNamespace.create('host-pid');
  const namespaces = { group: '', version: 'v1', resource: 'namespaces', name: namespace.name } as const;
  const labels = { 'pod-security.kubernetes.io/enforce': 'privileged' };
  await namespace.client.json({ call: { ...namespaces, verb: 'patch' }, body: { metadata: { labels } } });
  const options = namespace.options({ hostNamespaces: ['pid'], runAsUser: USER });
  await using provider = new PodSandboxProvider(options);
  await using sandbox = await provider.create();

  const run = await sandbox.spawn({ argv: ['sleep', '300'] });
  const containers = [{ name: 'main', image: options.image, command: ['sleep', '300'] }];
  const spec = { restartPolicy: 'Never', securityContext: { runAsUser: USER }, containers };
  await namespace.request({ ...RESOURCE.pods, verb: 'create' }, { metadata: { name: 'bystander' }, spec });
  const bystander = async (): Promise<object | undefined> => {
    const pod = await namespace.request<V1Pod>({ ...RESOURCE.pods, verb: 'get', name: 'bystander' });
    return pod.status?.containerStatuses?.[0]?.state;
  };
  await expect.poll(bystander, { timeout: 30_000 }).toHaveProperty('running');
  const isThere = `for p in /proc/[0-9]*; do [ "$(stat -c %u $p)" = ${USER} ] && cat $p/cmdline; done 2>/dev/null | tr '\\0' ' '`;
  const processes = async (): Promise<number> => (await sandbox.run({ command: isThere })).stdout.split('sleep 300').length - 1;
  expect(await processes()).toBe(2);

  await run.kill();
  expect(await processes()).toBe(1);
});
