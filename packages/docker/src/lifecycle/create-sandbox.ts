import { randomBytes } from 'node:crypto';
import { type CreateOptions, SandpodError } from '@sandpod/core';
import { findImage } from '../client/find-image.ts';
import { containerNameOf } from '../manifest/container-name.ts';
import type { DockerSandbox } from '../sandbox/docker-sandbox.ts';
import type { Machinery } from './machinery.ts';
import { makeSandbox } from './make-sandbox.ts';
import { provideImage } from './provide-image.ts';
import { useAgain } from './use-again.ts';
import { withDeadline } from './with-deadline.ts';

/** Starts a container, or reuses a kept container. The start timeout does not include the time to pull an image. */
export async function createSandbox(machinery: Machinery, create: CreateOptions): Promise<DockerSandbox> {
  const { docker, options } = machinery;
  const { image, containerName: fixedName, autoRemove } = options;
  const { startTimeoutMs: timeoutMs = options.startTimeoutMs, abortSignal } = create;
  if (fixedName !== undefined && create.name !== undefined) throw twoNames(fixedName, create.name);
  const id = randomBytes(6).toString('hex');
  const containerName = fixedName ?? containerNameOf({ id, name: create.name });
  const isShared = fixedName !== undefined && autoRemove === false;
  const within = <Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> =>
    withDeadline({ timeoutMs, abortSignal, subject: `The container ${containerName}` }, work);
  if (isShared) {
    const kept = await within((signal) =>
      useAgain(machinery, { create: { ...create, abortSignal: signal }, name: containerName, isShared }),
    );
    if (kept !== undefined) return kept;
  }
  const found = await within((signal) => findImage(docker, { image, abortSignal: signal }));
  const plan = { containerName, id, isShared, image: found ?? (await provideImage(machinery, create)) };
  return within((signal) => makeSandbox(machinery, { create: { ...create, abortSignal: signal }, plan }));
}

function twoNames(containerName: string, name: string): SandpodError {
  return new SandpodError({
    code: 'invalid-options',
    message: `Expected no name, because containerName sets the name ${containerName} for each container; given ${JSON.stringify(name)}.`,
    advice: 'Remove containerName or the name.',
  });
}
