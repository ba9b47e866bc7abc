import { afterAll, beforeAll, test } from 'vitest';
import { PodSandboxProvider } from '../src/index.ts';
import { RecordedCalls } from './fixtures/recorded-calls.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('relative');
});
afterAll(() => namespace[Symbol.asyncDispose]());

test('a relative workspace that is the root of its image is refused by name, and nothing is left', { concurrent: true }, async ({
  expect,
}) => {
  await using provider = new PodSandboxProvider(namespace.options({ image: 'python:3-slim', podName: 'root', workspacePath: '.' }));
  const error = await failureOf(provider.create());
  expect(error).toMatchObject({
    code: 'invalid-options',
    message: 'pod.workspacePath: expected a folder that the image does not need, given ".", which is / in this image.',
  });
  await expect.poll(async () => (await namespace.objects()).filter((name) => name.includes('root')), { timeout: 20_000 }).toEqual([]);
});

test('an abort while an image is asked for its WORKDIR leaves no pod of that question', { concurrent: true }, async ({ expect }) => {
  await using provider = new PodSandboxProvider(namespace.options({ podName: 'asked', workspacePath: 'a' }));
  const controller = new AbortController();
  const deleted: (string | undefined)[] = [];
  using _ = new RecordedCalls(provider.client, ({ verb, resource, name }) => {
    if (verb === 'create' && resource === 'pods') queueMicrotask(() => controller.abort(new Error('stopped')));
    if (verb === 'delete') deleted.push(`${resource}/${name}`);
  });
  await expect(provider.create({ abortSignal: controller.signal })).rejects.toThrow('stopped');
  await expect.poll(() => deleted, { timeout: 20_000 }).toContain('pods/asked-workdir');
  await expect.poll(async () => (await namespace.objects()).filter((name) => name.includes('asked')), { timeout: 20_000 }).toEqual([]);
});
