import { type AttachOptions, type SandboxReference, SandpodError } from '@sandpod/core';
import type { PodSandbox } from '../sandbox/pod-sandbox.ts';
import { findRunning } from './list-sandboxes.ts';
import type { Machinery } from './machinery.ts';
import { openSandbox } from './open-sandbox.ts';

/** Attaches to the running sandbox that has the id or the name. @throws {SandpodError} `sandbox-not-found`. */
export async function attachSandbox(machinery: Machinery, options: AttachOptions): Promise<PodSandbox> {
  const { client, namespace } = machinery;
  const { id, name, abortSignal } = options;
  const found = await findRunning(client, { namespace, id, sandboxName: name, abortSignal });
  if (found === undefined) throw notFound(namespace, options);
  const sandbox = openSandbox(machinery, { ...found, leftovers: 'keep' });
  await sandbox.warm(abortSignal);
  return sandbox;
}

/** Creates a `sandbox-not-found` error for an id or a name. */
export function notFound(namespace: string, { id, name }: SandboxReference): SandpodError {
  const which = id === undefined ? `the name ${name}` : `the id ${id}`;
  const message = `No running sandbox in namespace ${namespace} has ${which}.`;
  return new SandpodError({ code: 'sandbox-not-found', message, details: id === undefined ? { name } : { id } });
}
