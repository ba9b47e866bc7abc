import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { isOfTestbed } from '../../testbed/service.ts';

/** Something outside the repository that some tests need. */
export interface Need {
  /** Name of the back end, or of the group of tests, that needs it. */
  readonly name: string;
  /** Globs that match the tests that need it. */
  readonly tests: readonly string[];
  /** A message for users that describes what is missing and how to get it. */
  readonly missing: string;
  isMet(): Promise<boolean>;
}

const ANSWER_MS = 2_000;
const TEST_IMAGE = 'testbed/polyglot:1';
const COMMAND = 'npx pnpm@12 testbed up (as root, on Debian)';

/** Everything outside the repository that tests need. */
const NEEDS: readonly Need[] = [
  {
    name: 'docker',
    tests: [
      'packages/docker/**/*.int.test.ts',
      'packages/{cli,agents}/test/*on-docker.int.test.ts',
      'examples/on-docker.int.test.ts',
      'apps/demo/test/*.docker.int.test.ts',
    ],
    missing: `no Docker daemon with the image ${TEST_IMAGE} responds; to test it: ${COMMAND}`,
    isMet: hasImage,
  },
  {
    name: 'kubernetes',
    tests: [
      'packages/kubernetes/**/*.int.test.ts',
      'packages/{cli,agents}/test/*on-pod.int.test.ts',
      'examples/on-pod.int.test.ts',
      'apps/demo/test/*.pod.int.test.ts',
    ],
    missing: `no cluster responds: SANDPOD_TEST_KUBECONFIG is not set, and the testbed is not up; to test it: ${COMMAND}`,
    isMet: hasCluster,
  },
  {
    name: 'crashes of the Docker daemon',
    tests: ['packages/docker/test/*.alone.test.ts'],
    missing: `they need a daemon that the testbed has started, because they harm it; to test it: ${COMMAND}`,
    isMet: async () => isOfTestbed('dockerd') && (await hasImage()),
  },
  {
    name: 'crashes of parts of the cluster',
    tests: ['packages/kubernetes/test/*.alone.test.ts'],
    missing: `they need the testbed, because they harm the cluster; to test it, without SANDPOD_TEST_KUBECONFIG: ${COMMAND}`,
    isMet: async () => process.env['SANDPOD_TEST_KUBECONFIG'] === undefined && isOfTestbed('kubelet') && (await hasCluster()),
  },
  {
    name: 'demo in a browser',
    tests: ['apps/demo/test/*.int.test.ts'],
    missing: 'no chromium in the PATH or at CHROMIUM_PATH; on Debian: apt-get install chromium',
    isMet: async () => process.platform === 'linux' && hasChromium(),
  },
  {
    name: 'launcher on this machine, deliberately broken back ends, everything of the demo in a browser but its scenes, and on the embedded sandbox the executor suite and the long themes of the sandbox suite',
    tests: [
      'packages/testkit/test/host/*.int.test.ts',
      'packages/testkit/test/{host-conformance,broken-backends,shell-programs}.int.test.ts',
      'packages/embedded/test/conformance-executor.int.test.ts',
      'apps/demo/test/{approval,failures,files,hostile,layout,reload,stop}.int.test.ts',
    ],
    missing: 'they take several minutes more; to test them: SANDPOD_TEST_ALL=true npx pnpm@12 test',
    isMet: async () => process.env['SANDPOD_TEST_ALL'] === 'true',
  },
  {
    name: 'conformance suites on processes of this machine',
    tests: ['packages/testkit/test/*.int.test.ts'],
    missing: 'they need Linux with sh and python3',
    isMet: async () => process.platform === 'linux' && ['sh', 'python3'].every(hasProgram),
  },
  {
    name: 'launcher in each shell',
    tests: ['packages/testkit/test/host/*.int.test.ts'],
    missing: 'it needs root on Linux with unshare, dash, bash, busybox and python3',
    isMet: async () => process.getuid?.() === 0 && ['unshare', 'dash', 'bash', 'busybox', 'python3'].every(hasProgram),
  },
];

function hasChromium(): boolean {
  const { CHROMIUM_PATH } = process.env;
  return CHROMIUM_PATH === undefined ? hasProgram('chromium') : existsSync(CHROMIUM_PATH);
}

function hasProgram(name: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((directory) => existsSync(join(directory, name)));
}

/** Returns the needs that this machine does not meet. In CI, returns an empty list, so that the tests fail if something is missing. */
export async function unmetNeeds(): Promise<readonly Need[]> {
  if (process.env['CI'] === 'true') return [];
  const areMet = await Promise.all(NEEDS.map((need) => need.isMet()));
  return NEEDS.filter((_, index) => !areMet[index]);
}

function hasImage(): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const asking = request({ ...dockerAddress(), path: `/images/${TEST_IMAGE}/json`, timeout: ANSWER_MS }, (response) => {
    response.resume();
    resolve(response.statusCode === 200);
  });
  asking.on('timeout', () => asking.destroy());
  asking.on('error', () => resolve(false));
  asking.end();
  return promise;
}

function dockerAddress(): { readonly socketPath: string } | { readonly host: string; readonly port: string } {
  const { DOCKER_HOST } = process.env;
  const { protocol, hostname, port, pathname } = new URL(DOCKER_HOST || 'unix:///var/run/docker.sock');
  return protocol === 'unix:' ? { socketPath: pathname } : { host: hostname, port: port || '2375' };
}

async function hasCluster(): Promise<boolean> {
  const { SANDPOD_TEST_KUBECONFIG, TESTBED = '/var/lib/testbed' } = process.env;
  const server = readServer(SANDPOD_TEST_KUBECONFIG ?? `${TESTBED}/kubeconfig`);
  if (server === undefined) return false;
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(Number(server.port) || 443, server.hostname, () => resolve(true));
  socket.setTimeout(ANSWER_MS, () => resolve(false));
  socket.on('error', () => resolve(false));
  return promise.finally(() => socket.destroy());
}

function readServer(file: string): URL | undefined {
  try {
    const address = /server:\s*"?([^"\s,}]+)/.exec(readFileSync(file, 'utf8'))?.[1];
    return address === undefined ? undefined : new URL(address);
  } catch {
    return undefined;
  }
}
