import { type AttachOptions, SandpodError } from '@sandpod/core';
import type { PodSandbox } from '../sandbox/pod-sandbox.ts';
import { findRunning } from './list-pods.ts';
import type { Machinery } from './machinery.ts';
import { openSandbox } from './open-sandbox.ts';

/** The running sandbox of an id. @throws {SandpodError} `sandbox-not-found`. */
export async function attachSandbox(machinery: Machinery, options: AttachOptions): Promise<PodSandbox> {
  const { client, namespace } = machinery;
  const { abortSignal, id = options.name ?? '' } = options;
  const pod = await findRunning(client, { id, abortSignal, namespace });
  if (pod === undefined) {
    const message = `No running pod in namespace ${namespace} belongs to the sandbox ${id}.`;
    throw new SandpodError({ code: 'sandbox-not-found', message, details: { id } });
  }
  const sandbox = openSandbox(machinery, { id, pod });
  await sandbox.warm(options.abortSignal);
  return sandbox;
}
