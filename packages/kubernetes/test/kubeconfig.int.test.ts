import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openExecChannel } from '../src/client/exec-channel.ts';
import { PodSandboxProvider, type PodSandboxProviderOptions } from '../src/index.ts';
import { KubeConfigFiles, userInfoOf, whoAmI } from './fixtures/kube-config-files.ts';
import { failureOf, sayHello, type TestNamespace } from './fixtures/test-namespace.ts';

let files: KubeConfigFiles;
let namespace: TestNamespace;

beforeAll(async () => {
  files = await KubeConfigFiles.create('kubeconfig');
  ({ namespace } = files);
});
afterAll(() => files[Symbol.asyncDispose]());
afterEach(() => vi.unstubAllEnvs());

test('whom requests are made for reaches the server whole', { concurrent: true }, async ({ expect }) => {
  const [{ user }] = files.adminContent().users as [{ user: object }];
  const extra = { 'example.org/team': ['red', 'blue'] };
  const as = { as: 'someone', 'as-uid': '7', 'as-groups': ['few', 'system:masters'], 'as-user-extra': extra };
  await using provider = new PodSandboxProvider(files.options({ kubeConfig: files.contentFor({ ...user, ...as }) }));
  expect(await userInfoOf(provider.client)).toMatchObject({
    username: 'someone',
    uid: '7',
    groups: expect.arrayContaining(['few', 'system:masters']),
    extra,
  });
  await sayHello(provider);
});

test('the error for rejected credentials names their source', { concurrent: true }, async ({ expect }) => {
  const file = files.write(files.contentFor({ token: 'expired' }));
  await using provider = new PodSandboxProvider(files.options({ kubeConfigFile: file }));
  const advice = expect.stringMatching(new RegExp(`credentials from the file ${file} .*log in again`));
  expect(await failureOf(Array.fromAsync(provider.list()))).toMatchObject({ details: { status: 401 }, advice });
  const place = { namespace: namespace.name, pod: 'any', container: 'any', argv: ['true'] };
  expect(await failureOf(openExecChannel(provider.client, place))).toMatchObject({ details: { status: 401 }, advice });
});

test('a certificate file that does not exist is an error that says so', { concurrent: true }, async ({ expect }) => {
  const file = files.write(files.contentFor({ 'client-certificate': 'missing.crt', 'client-key': 'missing.key' }));
  await using provider = new PodSandboxProvider(files.options({ kubeConfigFile: file }));
  const error = await failureOf(Array.fromAsync(provider.list()));
  expect(error).toMatchObject({ code: 'start-failed', isRetryable: false });
  expect(error.message).toMatch(/The configuration from the file .* cannot be used: .*missing\.crt/);
});

test('a replaced token file is read again at once; its path is relative to the configuration', { concurrent: true }, async ({ expect }) => {
  const token = join(files.directory, 'token');
  const replace = (content: string): void => {
    writeFileSync(`${token}.new`, content);
    renameSync(`${token}.new`, token);
  };
  replace(`${await namespace.tokenOf('one')}\n`);
  await using provider = new PodSandboxProvider(files.options({ kubeConfigFile: files.write(files.contentFor({ tokenFile: 'token' })) }));
  await using sandbox = await provider.create();
  expect(await whoAmI(provider.client)).toBe(`system:serviceaccount:${namespace.name}:one`);
  replace('expired');
  expect(await failureOf(Array.fromAsync(provider.list()))).toMatchObject({ details: { status: 401 } });
  replace(await namespace.tokenOf('two'));
  expect(await whoAmI(provider.client)).toBe(`system:serviceaccount:${namespace.name}:two`);
  expect((await sandbox.run({ argv: ['echo', 'still here'] })).stdout).toBe('still here\n');
  replace('');
  expect((await failureOf(Array.fromAsync(provider.list()))).message).toContain(`The token file ${token}`);
  replace(await namespace.tokenOf('one'));
});

test('a file, its URL, and its content as an object all work, and describe() says which source was used', {
  concurrent: true,
}, async ({ expect }) => {
  const file = files.write(files.contentFor({ token: await namespace.tokenOf('one') }));
  const sources: [PodSandboxProviderOptions, string][] = [
    [{ kubeConfigFile: file }, `from the file ${file};`],
    [{ kubeConfigFile: pathToFileURL(file) }, `from the file ${file};`],
    [{ kubeConfig: JSON.parse(readFileSync(file, 'utf8')) }, 'from the kubeConfig option;'],
  ];
  for (const [given, note] of sources) {
    await using provider = new PodSandboxProvider(files.options(given));
    expect(provider.describe().notes[0]).toContain(note);
    expect(provider.namespace).toBe(namespace.name);
    expect(await Array.fromAsync(provider.list())).toBeInstanceOf(Array);
  }
});

test('the files of KUBECONFIG are put together as kubectl does: the first one wins, missing ones are left out', async () => {
  const { clusters, contexts } = files.contentFor({});
  const first = files.write({ contexts, 'current-context': 'here' });
  const second = files.write({
    clusters,
    users: [{ name: 'me', user: { token: await namespace.tokenOf('one') } }],
    'current-context': 'elsewhere',
  });
  const third = files.write({ clusters, users: [{ name: 'me', user: { token: 'not this one' } }] });
  vi.stubEnv('KUBECONFIG', [join(files.directory, 'missing'), first, second, third].join(delimiter));
  await using provider = new PodSandboxProvider(files.options({}));
  expect(provider.describe().notes[0]).toContain('from KUBECONFIG (');
  expect(await whoAmI(provider.client)).toBe(`system:serviceaccount:${namespace.name}:one`);
});

test('the default file is used where KUBECONFIG is not set', async () => {
  const home = join(files.directory, 'home');
  mkdirSync(join(home, '.kube'), { recursive: true });
  writeFileSync(join(home, '.kube', 'config'), JSON.stringify(files.contentFor({ token: await namespace.tokenOf('two') })));
  vi.stubEnv('KUBECONFIG', '');
  vi.stubEnv('HOME', home);
  await using provider = new PodSandboxProvider(files.options({}));
  expect(provider.describe().notes[0]).toContain(`from ${join(home, '.kube', 'config')};`);
  expect(await whoAmI(provider.client)).toBe(`system:serviceaccount:${namespace.name}:two`);
});

test('a context is chosen by its name, with its namespace; the error for an unknown context lists the known ones', async () => {
  const content = files.contentFor({ token: 'x' });
  const [here] = content.contexts;
  const there = { name: 'there', context: { ...here?.context, namespace: 'elsewhere' } };
  const kubeConfig = { ...content, contexts: [...content.contexts, there] };
  await using provider = new PodSandboxProvider(files.options({ kubeConfig, context: 'there' }));
  expect(provider.namespace).toBe('elsewhere');
  expect(() => new PodSandboxProvider(files.options({ kubeConfig, context: 'nowhere' }))).toThrow(
    'context: expected one of here, there (from the kubeConfig option), given "nowhere".',
  );
});
