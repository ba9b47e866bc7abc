import { posix } from 'node:path';
import { SandpodError } from '@sandpod/core';
import { findForeignOwner } from '@sandpod/launcher';
import { volumeAt } from '../manifest/workspace-volume.ts';
import type { PodOptions } from '../options/pod-options.ts';
import type { PodSandbox } from '../sandbox/pod-sandbox.ts';

const ADVICE =
  "Set fsGroup in podSpec's securityContext (which a hostPath ignores), set runAsUser to the owner, or change the owner with an init container; see docs/workspace-permissions.md.";

/** Rejects a workspace volume that the caller provided if programs cannot write to it. All users can write to an empty volume. */
export async function requireWritable(
  sandbox: PodSandbox,
  { options, abortSignal }: { readonly options: PodOptions; readonly abortSignal: AbortSignal },
): Promise<void> {
  const volume = volumeAt(options, posix.resolve('/', options.workspacePath));
  if (volume?.emptyDir !== undefined) return;
  const owner = await findForeignOwner(sandbox, { abortSignal });
  if (owner === undefined) return;
  const message = `User ${options.runAsUser} cannot write to the workspace ${sandbox.workspace}, the volume ${volume?.name}${owner}.`;
  throw new SandpodError({ code: 'start-failed', message, advice: ADVICE, isRetryable: false });
}
