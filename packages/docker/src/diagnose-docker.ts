import { type Finding, SandpodError } from '@sandpod/core';
import { validateOptions } from '@sandpod/core/backend';
import type Docker from 'dockerode';
import { createDocker } from './client/create-docker.ts';
import { findDockerEndpoint } from './client/docker-endpoint.ts';
import { statusOf, toSandpodError } from './client/docker-error.ts';
import { type DockerOptions, type DockerSandboxProviderOptions, dockerSandboxProviderOptionsSchema } from './manifest/docker-options.ts';

interface DaemonInfo {
  readonly OSType?: string;
  readonly SecurityOptions?: readonly string[];
  readonly Runtimes?: Readonly<Record<string, unknown>>;
  readonly CgroupVersion?: string;
  readonly PidsLimit?: boolean;
  readonly MemoryLimit?: boolean;
}

/** Looks whether the daemon can be used and what it can enforce. */
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
  yield runtimesOf(info, valid.runtime);
  yield await imageOf(docker, valid.image);
}

interface Daemon {
  readonly docker: Docker;
  readonly info: DaemonInfo;
  /** One sentence. */
  readonly where: string;
}

/** @throws {SandpodError} that names the address and where it is from. */
async function reach(options: Pick<DockerOptions, 'dockerHost'>): Promise<Daemon> {
  const endpoint = findDockerEndpoint(options);
  const docker = createDocker(endpoint);
  const place = `${endpoint.address}, from ${endpoint.source}.`;
  try {
    const [info, { Version, ApiVersion }] = await Promise.all([docker.info(), docker.version()]);
    return { docker, info: info as DaemonInfo, where: `Docker ${Version} (API ${ApiVersion}) at ${place}` };
  } catch (cause) {
    const { code, message, advice } = toSandpodError(cause, 'tell of itself', 'transport');
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
    ? { subject: 'limits', state: 'ok', message: `Memory and processes are bounded (${cgroups}).` }
    : {
        subject: 'limits',
        state: 'warning',
        message: `The daemon cannot bound ${missing.join(' and ')} (${cgroups}).`,
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
      message: 'The daemon filters no system calls.',
      advice: 'Use a kernel and daemon with seccomp.',
    };
  }
  const isRootless = options.some((option) => option.includes('name=rootless') || option.includes('name=userns'));
  return {
    subject: 'seccomp',
    state: 'ok',
    message: `System calls are filtered${isRootless ? ', and root inside is not root outside' : ''}.`,
  };
}

function runtimesOf(info: DaemonInfo, wanted: string | undefined): Finding {
  const known = Object.keys(info.Runtimes ?? {});
  const message = `Runtimes: ${known.join(', ') || 'none named'}.`;
  if (wanted === undefined || known.includes(wanted)) return { subject: 'runtime', state: 'ok', message };
  return {
    subject: 'runtime',
    state: 'error',
    message: `The daemon has no runtime ${wanted}. ${message}`,
    advice: `Install ${wanted} and name it in the daemon's configuration.`,
  };
}

async function imageOf(docker: Docker, image: string): Promise<Finding> {
  try {
    await docker.getImage(image).inspect();
    return { subject: 'image', state: 'ok', message: `The image ${image} is here.` };
  } catch (error) {
    if (statusOf(error) !== 404) {
      const { message } = toSandpodError(error, `look at the image ${image}`);
      return { subject: 'image', state: 'error', message, advice: 'Name an image as Docker does, for example python:3-slim.' };
    }
    return {
      subject: 'image',
      state: 'warning',
      message: `The image ${image} is not here; it will be pulled at the first start.`,
      advice: `docker pull ${image}`,
    };
  }
}
