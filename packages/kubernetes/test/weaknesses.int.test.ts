import { afterAll, beforeAll, expect, test } from 'vitest';
import { PodCommandLineCodeExecutor, type PodCommandLineCodeExecutorOptions, PodSandboxProvider } from '../src/index.ts';
import { failureOf, TestNamespace } from './fixtures/test-namespace.ts';

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('loose');
  const call = { verb: 'patch', group: '', version: 'v1', resource: 'namespaces', name: namespace.name } as const;
  await namespace.client.json({ call, body: { metadata: { labels: { 'pod-security.kubernetes.io/enforce': 'privileged' } } } });
});
afterAll(() => namespace[Symbol.asyncDispose]());

const STATUS = `
id -u
grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/self/status | tr -d '\\t'
touch /etc/mine 2>/dev/null && echo writable || echo read-only
test -e /var/run/secrets/kubernetes.io/serviceaccount/token && echo token || echo no token
`;

const HARDENED = {
  user: '1000',
  capabilities: '0000000000000000',
  noNewPrivileges: '1',
  seccomp: '2',
  root: 'read-only',
  token: 'no token',
};

async function statusOf(executor: PodCommandLineCodeExecutor): Promise<typeof HARDENED> {
  const { output } = await executor.runCode(STATUS, { language: 'sh' });
  const [user = '', capabilities = '', noNewPrivileges = '', seccomp = '', root = '', token = ''] = output.split('\n');
  const after = (text: string): string => text.slice(text.indexOf(':') + 1);
  return { user, capabilities: after(capabilities), noNewPrivileges: after(noNewPrivileges), seccomp: after(seccomp), root, token };
}

/** One option each: what it changes, and nothing else. */
const WEAKENED: readonly (readonly [PodCommandLineCodeExecutorOptions, Partial<typeof HARDENED>, readonly string[]])[] = [
  [{}, {}, []],
  [{ runAsRoot: true }, { user: '0' }, ['runAsRoot']],
  [{ runAsRoot: true, writableRoot: true }, { user: '0', root: 'writable' }, ['runAsRoot', 'writableRoot']],
  [{ runAsRoot: true, capabilities: ['NET_RAW'] }, { user: '0', capabilities: '0000000000002000' }, ['runAsRoot', 'capabilities']],
  [{ allowPrivilegeEscalation: true }, { noNewPrivileges: '0' }, ['allowPrivilegeEscalation']],
  [{ automountServiceAccountToken: true }, { token: 'token' }, ['automountServiceAccountToken']],
  [{ privileged: true }, { noNewPrivileges: '0', seccomp: '0' }, ['privileged']],
];

test.for(WEAKENED)('%o weakens only that, and describe() reports it', { concurrent: true }, async ([options, changed, names]) => {
  await using executor = new PodCommandLineCodeExecutor(namespace.options(options));
  expect(await statusOf(executor)).toEqual({ ...HARDENED, ...changed });
  expect(executor.describe().weaknesses.map((sentence) => /\((\w+)\)\.$/.exec(sentence)?.[1])).toEqual(names);
});

test('what podSpec asks for and an option permits is done', { concurrent: true }, async () => {
  const containers = [{ name: 'sandbox', securityContext: { runAsUser: 0, runAsNonRoot: false, readOnlyRootFilesystem: false } }];
  const options = { podSpec: { spec: { containers } }, runAsRoot: true, writableRoot: true };
  await using executor = new PodCommandLineCodeExecutor(namespace.options(options));
  expect(await statusOf(executor)).toEqual({ ...HARDENED, user: '0', root: 'writable' });
});

const ASK_API = `
import json, os, ssl, urllib.error, urllib.request
root = '/var/run/secrets/kubernetes.io/serviceaccount/'
url = f"https://{os.environ['KUBERNETES_SERVICE_HOST']}:{os.environ['KUBERNETES_SERVICE_PORT']}/api/v1/pods"
request = urllib.request.Request(url, headers={'Authorization': 'Bearer ' + open(root + 'token').read()})
try:
    urllib.request.urlopen(request, context=ssl.create_default_context(cafile=root + 'ca.crt'), timeout=10)
except urllib.error.HTTPError as error:
    print(error.code, json.loads(error.read())['message'])
`;

test('runAsRoot does not change other containers; they share the workspace, and a request raises its limit', {
  concurrent: true,
}, async ({ expect }) => {
  const image = 'testbed/busybox:1';
  const first = { name: 'first', image, command: ['sh', '-c', 'id -u > first; id -g >> first'], workingDir: '/workspace' };
  const resources = { requests: { memory: '600Mi', 'ephemeral-storage': '1Gi' } };
  const podSpec = { spec: { initContainers: [first], containers: [{ name: 'sandbox', resources }] } };
  await using executor = new PodCommandLineCodeExecutor(namespace.options({ podSpec, runAsRoot: true }));
  expect((await executor.runCode('cat first; id -u', { language: 'sh' })).output).toBe('1000\n1000\n0\n');
});

test("with a token and the network a pod can call the API server, as in AutoGen's in-cluster samples", { concurrent: true }, async () => {
  const metadata = { name: 'caller' };
  await namespace.request({ verb: 'create', group: '', version: 'v1', resource: 'serviceaccounts' }, { metadata });
  const options = { automountServiceAccountToken: true, network: 'open', serviceAccountName: 'caller' } as const;
  await using executor = new PodCommandLineCodeExecutor(namespace.options(options));
  const { output } = await executor.runCode(ASK_API);
  expect(output).toContain(`403 pods is forbidden: User "system:serviceaccount:${namespace.name}:caller"`);
  expect(executor.describe().weaknesses).toHaveLength(2);
});

test("a path on the node is mounted if hostPaths names it, and the node's processes are seen with hostNamespaces", {
  concurrent: true,
}, async () => {
  const podSpec = {
    spec: {
      containers: [{ name: 'sandbox', volumeMounts: [{ name: 'host', mountPath: '/host', readOnly: true }] }],
      volumes: [{ name: 'host', hostPath: { path: '/etc/ssl' } }],
    },
  };
  const options = namespace.options({ podSpec, hostPaths: ['/etc'], hostNamespaces: ['pid'] });
  await using executor = new PodCommandLineCodeExecutor(options);
  const { output } = await executor.runCode('test -d /host/certs && echo mounted; cat /proc/1/comm', { language: 'sh' });
  expect(output).toMatch(/^mounted\n(?!sh\n)/);
  expect(executor.describe().weaknesses).toEqual([
    "The pod shares the node's pid namespace (hostNamespaces).",
    "The node's /etc may be mounted (hostPaths).",
  ]);
});

test("the node's network is never taken for a closed one", { concurrent: true }, async () => {
  const options = { hostNamespaces: ['network'], network: 'require-none' } as const;
  await using provider = new PodSandboxProvider(namespace.options(options));
  const error = await failureOf(provider.create());
  expect(error).toMatchObject({ code: 'start-failed', message: expect.stringContaining('is open, although') });
});

test('a workspace whose content outlives the pod is a weakness', async () => {
  await using provider = new PodSandboxProvider(
    namespace.options({ volume: { name: 'data', persistentVolumeClaim: { claimName: 'data' } } }),
  );
  expect(provider.describe().weaknesses).toEqual(['The workspace is the volume data, whose content outlives the pod (volume).']);
});

test('where Pod Security "restricted" is enforced, a weakened pod is refused with its message', { concurrent: true }, async () => {
  await using strict = await TestNamespace.create('strict');
  await using provider = new PodSandboxProvider(strict.options({ runAsRoot: true }));
  const error = await failureOf(provider.create());
  expect(error).toMatchObject({ code: 'start-failed', message: expect.stringContaining('violates PodSecurity "restricted') });
});

test.for([
  ['/etc/ssl', /^User 1000 cannot write to the workspace \/workspace, the volume data, which belongs to 0:0 \(drwxr-xr-x\)\.$/],
  ['/root', /no permission to enter the workspace, which belongs to 0:0 \(drwx------\)\.$/],
] as const)(
  'a workspace that only root may use, such as %s of the node, is found at the start, with its owner',
  { concurrent: true },
  async ([path, message]) => {
    const volume = { name: 'data', hostPath: { path } };
    await using provider = new PodSandboxProvider(namespace.options({ volume, hostPaths: [path] }));
    expect(await failureOf(provider.create())).toMatchObject({ code: 'start-failed', message: expect.stringMatching(message) });
  },
);
