import { randomBytes } from 'node:crypto';
import type { CreateOptions } from '@sandpod/core';
import { findImage } from '../client/find-image.ts';
import type { DockerSandbox } from '../sandbox/docker-sandbox.ts';
import type { Machinery } from './machinery.ts';
import { makeSandbox } from './make-sandbox.ts';
import { provideImage } from './provide-image.ts';
import { useAgain } from './use-again.ts';
import { withDeadline } from './with-deadline.ts';

/** Starts a container, or uses a kept one again. The pull of an image does not count against the start timeout. */
export async function createSandbox(machinery: Machinery, create: CreateOptions): Promise<DockerSandbox> {
  const { docker, options } = machinery;
  const { image, containerName, autoRemove } = options;
  const { startTimeoutMs: timeoutMs = options.startTimeoutMs, abortSignal } = create;
  const id = create.name ?? randomBytes(6).toString('hex');
  const name = containerName ?? `sandpod-${id}`;
  const isShared = containerName !== undefined && !autoRemove;
  const within = <Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> =>
    withDeadline({ timeoutMs, abortSignal, subject: `The container ${name}` }, work);
  if (isShared) {
    const kept = await within((signal) => useAgain(machinery, { create: { ...create, abortSignal: signal }, name }));
    if (kept !== undefined) return kept;
  }
  const found = await within((signal) => findImage(docker, { image, abortSignal: signal }));
  const plan = { name, id, isShared, image: found ?? (await provideImage(machinery, create)) };
  return within((signal) => makeSandbox(machinery, { create: { ...create, abortSignal: signal }, plan }));
}
