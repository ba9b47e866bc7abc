import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { V1Pod, V1Volume } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PodCommandLineCodeExecutor, type PodCommandLineCodeExecutorOptions, PodSandboxProvider } from '../src/index.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';

let namespace: TestNamespace;
let directory: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sandpod-forms-'));
  namespace = await TestNamespace.create('forms');
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await namespace[Symbol.asyncDispose]();
});

function file(name: string, content: string): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  spec: {
    containers: [
      {
        name: 'sandbox',
        env: [
          { name: 'TEST', value: 'TEST' },
          { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        ],
      },
    ],
  },
};
const POD_YAML = `
apiVersion: v1
kind: Service
metadata: {name: unrelated}
---
apiVersion: v1
kind: Pod
spec:
  containers:
    - name: sandbox
      env:
        - {name: TEST, value: TEST}
        - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
`;
const typedPod = Object.assign(new V1Pod(), POD);

const POD_FORMS: readonly (readonly [string, () => PodCommandLineCodeExecutorOptions['podSpec']])[] = [
  ['a typed object', () => typedPod],
  ['a plain object', () => POD],
  ['YAML text', () => POD_YAML],
  ['JSON text', () => JSON.stringify(POD)],
  ['a file', () => file('pod.yaml', POD_YAML)],
  ['a URL', () => pathToFileURL(file('pod.json', JSON.stringify(POD)))],
];

test.for(POD_FORMS)('podSpec as %s: its variables are seen, the downward API too', { concurrent: true }, async ([form, podSpec]) => {
  const podName = `form-${form.toLowerCase().replaceAll(' ', '-')}`;
  await using executor = new PodCommandLineCodeExecutor(namespace.options({ podName, podSpec: podSpec() }));
  const result = await executor.execute([{ language: 'bash', code: 'echo $TEST $POD_NAME' }]);
  expect(result).toMatchObject({ exitCode: 0, output: `TEST ${podName}\n` });
});

test('values of the env option arrive as they are, whatever Kubernetes would put in for them [row 14]', { concurrent: true }, async () => {
  const env = { NAME: 'Ada', QUOTED: '$(NAME) $$(NAME) $$ $NAME "\'\n' };
  await using executor = new PodCommandLineCodeExecutor(namespace.options({ env }));
  const { output } = await executor.runCode('printf %s "$QUOTED"', { language: 'sh' });
  expect(output).toBe(env.QUOTED);
});

const VOLUME = { name: 'mine', emptyDir: { medium: 'Memory', sizeLimit: '5Mi' } };
const VOLUME_YAML = 'name: mine\nemptyDir:\n  medium: Memory\n  sizeLimit: 5Mi\n';

const VOLUME_FORMS: readonly (readonly [string, () => PodCommandLineCodeExecutorOptions['volume']])[] = [
  ['a typed object', () => Object.assign(new V1Volume(), VOLUME)],
  ['a plain object', () => VOLUME],
  ['YAML text', () => VOLUME_YAML],
  ['JSON text', () => JSON.stringify(VOLUME)],
  ['a file', () => file('volume.yaml', VOLUME_YAML)],
  ['a URL', () => pathToFileURL(file('volume.json', JSON.stringify(VOLUME)))],
];

test.for(VOLUME_FORMS)('volume as %s: it is the workspace', { concurrent: true }, async ([, volume]) => {
  await using executor = new PodCommandLineCodeExecutor(namespace.options({ volume: volume() }));
  const result = await executor.execute([{ language: 'sh', code: "pwd; grep ' /workspace ' /proc/mounts | cut -d ' ' -f 3" }]);
  expect(result).toMatchObject({ exitCode: 0, output: '/workspace\ntmpfs\n' });
});

test("a user's helpers share the workspace, as hardened as the sandbox; node settings and labels stay", { concurrent: true }, async () => {
  const script = 'id -u > /workspace/helper; touch /cannot 2>> /workspace/helper; sleep 3600';
  const podSpec = {
    metadata: { labels: { team: 'a' }, annotations: { note: 'b' } },
    spec: {
      nodeSelector: { 'kubernetes.io/os': 'linux' },
      tolerations: [{ key: 'nobody', operator: 'Exists' }],
      initContainers: [{ name: 'first', image: 'testbed/busybox:1', command: ['sh', '-c', 'echo prepared > /workspace/prepared'] }],
      containers: [{ name: 'helper', image: 'testbed/busybox:1', command: ['sh', '-c', script] }],
    },
  };
  const options = namespace.options({ podName: 'helped', podSpec });
  await using executor = new PodCommandLineCodeExecutor({ ...options, policies: { css: false } });
  const code = 'until grep -q cannot helper; do sleep 0.1; done; cat prepared helper';
  const { output } = await executor.execute([{ language: 'sh', code }]);
  expect(output).toMatch(/^prepared\n1000\n.*Read-only file system\n$/);
  const pod = await namespace.request<V1Pod>({ verb: 'get', group: '', version: 'v1', resource: 'pods', name: 'helped' });
  expect(pod.metadata).toMatchObject({ labels: { team: 'a', 'sandpod.dev/network': 'closed' }, annotations: { note: 'b' } });
  expect(pod.spec).toMatchObject({ nodeSelector: { 'kubernetes.io/os': 'linux' }, restartPolicy: 'Never' });
  expect(pod.spec?.tolerations).toContainEqual({ key: 'nobody', operator: 'Exists' });
});

test('code runs in the container that containerName names', { concurrent: true }, async () => {
  const containers = [{ name: 'main', env: [{ name: 'WHERE', value: 'main' }] }];
  await using executor = new PodCommandLineCodeExecutor(namespace.options({ containerName: 'main', podSpec: { spec: { containers } } }));
  expect((await executor.runCode('echo $WHERE', { language: 'sh' })).output).toBe('main\n');
});

test('a user database in an annotation gives the user a name, without other objects', { concurrent: true }, async () => {
  const fieldPath = "metadata.annotations['example.com/passwd']";
  const users = { name: 'users', downwardAPI: { items: [{ path: 'passwd', fieldRef: { fieldPath } }] } };
  const volumeMounts = [{ name: 'users', mountPath: '/etc/passwd', subPath: 'passwd', readOnly: true }];
  const podSpec = { spec: { volumes: [users], containers: [{ name: 'sandbox', volumeMounts }] } };
  const annotations = { 'example.com/passwd': 'root:x:0:0::/root:/bin/sh\nsandpod:x:1000:1000::/workspace:/bin/sh\n' };
  await using provider = new PodSandboxProvider(namespace.options({ podSpec, annotations }));
  await using sandbox = await provider.create();
  expect((await sandbox.run({ command: 'whoami; id -un' })).stdout).toBe('sandpod\nsandpod\n');
  expect(provider.describe().weaknesses).toEqual([]);
});

test("the caller's command and args are process 1, and the network is still proven closed", { concurrent: true }, async () => {
  const options = {
    command: ['sh', '-c'],
    args: ['echo started > /tmp/started; while :; do sleep 1; done'],
    network: 'require-none',
  } as const;
  await using executor = new PodCommandLineCodeExecutor(namespace.options(options));
  expect((await executor.runCode('cat /tmp/started', { language: 'sh' })).output).toBe('started\n');
  expect(executor.describe().weaknesses).toEqual([]);
});

test('initCommand runs once, before everything else; if it fails, the start fails and leaves nothing', { concurrent: true }, async () => {
  const podName = 'initialized';
  await using executor = new PodCommandLineCodeExecutor(namespace.options({ initCommand: 'echo "$HOME" >> init' }));
  await executor.start();
  expect((await executor.runCode('cat init', { language: 'sh' })).output).toBe('/workspace\n');
  await using provider = new PodSandboxProvider(namespace.options({ podName, initCommand: 'echo no such thing >&2; exit 3' }));
  const error = await failureOf(provider.create());
  expect(error).toMatchObject({ code: 'start-failed', message: 'initCommand exited with code 3: no such thing' });
  expect(await namespace.objects()).not.toContain(`pods/${podName}`);
});

test('a sidecar whose image cannot be pulled fails the start at once, with the reason', { concurrent: true }, async () => {
  const podSpec = { spec: { initContainers: [{ name: 'first', image: 'testbed/nothing:1' }] } };
  await using provider = new PodSandboxProvider(namespace.options({ podSpec, imagePullPolicy: 'Never' }));
  const error = await failureOf(provider.create());
  expect(error).toMatchObject({ code: 'start-failed' });
  expect(error.message).toMatch(/testbed\/nothing:1/);
});

test('a field that is misspelt deep inside is refused by the server, by name', { concurrent: true }, async () => {
  const volumeMounts = [{ name: 'data', mountPath: '/data', readonly: true }];
  const podSpec = { spec: { containers: [{ name: 'sandbox', volumeMounts }], volumes: [{ name: 'data', emptyDir: {} }] } };
  await using provider = new PodSandboxProvider(namespace.options({ podSpec }));
  const error = await failureOf(provider.create());
  expect(error).toMatchObject({ code: 'start-failed' });
  expect(error.message).toContain('unknown field "spec.containers[0].volumeMounts[0].readonly"');
});
