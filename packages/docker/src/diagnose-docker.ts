import { type Finding, SandpodError } from '@sandpod/core';
import { probeSystemCalls, validateOptions } from '@sandpod/core/backend';
import type Docker from 'dockerode';
import { createDocker } from './client/create-docker.ts';
import { findDockerEndpoint } from './client/docker-endpoint.ts';
import { statusOf, toSandpodError } from './client/docker-error.ts';
import { DockerSandboxProvider } from './lifecycle/docker-sandbox-provider.ts';
import type { DockerSandboxProviderOptions } from './options/docker-options.ts';
import { type DockerOptions, dockerSandboxProviderOptionsSchema } from './options/docker-options-schema.ts';

interface DaemonInfo {
  readonly OSType?: string;
  readonly SecurityOptions?: readonly string[];
  readonly Runtimes?: Readonly<Record<string, unknown>>;
  readonly CgroupVersion?: string;
  readonly PidsLimit?: boolean;
  readonly MemoryLimit?: boolean;
}

/** Checks whether the daemon can be used and which limits it can enforce. */
export async function* diagnoseDocker(options: DockerSandboxProviderOptions): AsyncGenerator<Finding, void, void> {
  const valid = validateOptions(dockerSandboxProviderOptionsSchema, options, 'docker');
  let reached: Daemon;
  try {
    reached = await reach(valid);
  } catch (error) {
    yield badFinding('daemon', error);
    return;
  }
  const { docker, info, where } = reached;
  yield { subject: 'daemon', state: 'ok', message: where };
  yield* limitsOf(info);
  yield isolationOf(info);
  const runtime = runtimesOf(info, valid.runtime);
  yield runtime;
  const image = await imageOf(docker, valid.image);
  yield image;
  if (runtime.state === 'ok' && image.state === 'ok') yield systemCallsOf(options);
}

/** Starts a container, tests system calls in it, and removes it. Only a real start shows which system calls the profile permits. */
async function systemCallsOf(options: DockerSandboxProviderOptions): Promise<Finding> {
  await using provider = new DockerSandboxProvider({ ...options, containerName: undefined, autoRemove: true });
  try {
    await using sandbox = await provider.create();
    return await probeSystemCalls(sandbox, { advice: 'Set seccompProfile to "strict", or update Docker.' });
  } catch (error) {
    return badFinding('container', error);
  }
}

interface Daemon {
  readonly docker: Docker;
  readonly info: DaemonInfo;
  /** One sentence with the version and the address. */
  readonly where: string;
}

/** @throws {SandpodError} with a message that contains the address and the setting that it came from. */
async function reach(options: Pick<DockerOptions, 'dockerHost'>): Promise<Daemon> {
  const endpoint = findDockerEndpoint(options);
  const docker = createDocker(endpoint);
  const place = `${endpoint.address}, from ${endpoint.source}.`;
  try {
    const [info, { Version, ApiVersion }] = await Promise.all([docker.info(), docker.version()]);
    return { docker, info: info as DaemonInfo, where: `Docker ${Version} (API ${ApiVersion}) at ${place}` };
  } catch (cause) {
    const { code, message, advice } = toSandpodError(cause, 'report its version', 'transport');
    throw new SandpodError({ code, message: `${message}. The address is ${place}`, advice, cause });
  }
}

function badFinding(subject: string, error: unknown): Finding {
  if (!SandpodError.isInstance(error)) throw error;
  const { message, advice } = error;
  return { subject, state: 'error', message, advice };
}

function* limitsOf(info: DaemonInfo): Generator<Finding, void, void> {
  const missing = [info.MemoryLimit === false ? 'memory' : '', info.PidsLimit === false ? 'processes' : ''].filter(Boolean);
  const cgroups = `cgroup v${info.CgroupVersion ?? '1'}`;
  yield missing.length === 0
    ? { subject: 'limits', state: 'ok', message: `Memory and processes are limited (${cgroups}).` }
    : {
        subject: 'limits',
        state: 'warning',
        message: `The daemon cannot limit ${missing.join(' and ')} (${cgroups}).`,
        advice: 'Enable these cgroup controllers in the kernel.',
      };
}

function isolationOf(info: DaemonInfo): Finding {
  const options = info.SecurityOptions ?? [];
  const hasSeccomp = options.some((option) => option.includes('name=seccomp'));
  if (!hasSeccomp) {
    return {
      subject: 'seccomp',
      state: 'warning',
      message: 'The daemon does not filter system calls.',
      advice: 'Use a kernel and a daemon that support seccomp.',
    };
  }
  const isRootless = options.some((option) => option.includes('name=rootless') || option.includes('name=userns'));
  return {
    subject: 'seccomp',
    state: 'ok',
    message: `System calls are filtered${isRootless ? ', and root in a container is not root on the host' : ''}.`,
  };
}

function runtimesOf(info: DaemonInfo, wanted: string | undefined): Finding {
  const known = Object.keys(info.Runtimes ?? {});
  const message = `Runtimes: ${known.join(', ') || 'none reported'}.`;
  if (wanted === undefined || known.includes(wanted)) return { subject: 'runtime', state: 'ok', message };
  return {
    subject: 'runtime',
    state: 'error',
    message: `The daemon has no runtime ${wanted}. ${message}`,
    advice: `Install ${wanted} and add it to the daemon's configuration.`,
  };
}

async function imageOf(docker: Docker, image: string): Promise<Finding> {
  try {
    await docker.getImage(image).inspect();
    return { subject: 'image', state: 'ok', message: `The daemon has the image ${image}.` };
  } catch (error) {
    if (statusOf(error) !== 404) {
      const { message } = toSandpodError(error, `inspect the image ${image}`);
      return { subject: 'image', state: 'error', message, advice: 'Use a valid image name, for example python:3-slim.' };
    }
    return {
      subject: 'image',
      state: 'warning',
      message: `The daemon does not have the image ${image}. The first start pulls it.`,
      advice: `docker pull ${image}`,
    };
  }
}
