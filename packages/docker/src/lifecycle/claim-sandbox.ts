import type { ClaimOptions } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import { containerNameOf } from '../manifest/container-name.ts';
import { LABEL } from '../manifest/labels.ts';
import type { DockerSandbox } from '../sandbox/docker-sandbox.ts';
import { keeperOf } from './describe-sandboxes.ts';
import { findNamed } from './find-named.ts';
import { findRunning } from './find-running.ts';
import type { Keeper } from './keeper.ts';
import type { Machinery } from './machinery.ts';
import { openInspected } from './open-sandbox.ts';
import { removeContainer } from './remove-container.ts';
import { renameContainer } from './rename-container.ts';
import { withDeadline } from './with-deadline.ts';

type TimedClaimOptions = ClaimOptions & { readonly abortSignal: AbortSignal };

/**
 * Claims a sandbox that was created as claimable. Returns undefined if the sandbox is not claimable or another caller has claimed it.
 *
 * The sandbox's keeper ensures that exactly one caller succeeds. Labels and names cannot ensure this, because a container's labels cannot
 * change, and a rename does not depend on the container's current name.
 */
export function claimSandbox(machinery: Machinery, options: ClaimOptions): Promise<DockerSandbox | undefined> {
  const { id, abortSignal } = options;
  const deadline = { timeoutMs: machinery.options.startTimeoutMs, abortSignal, subject: `The claimed sandbox ${id}` };
  return withDeadline(deadline, async (signal) => {
    const timed = { ...options, abortSignal: signal };
    const { Id, Name, Config } = await findRunning(machinery.docker, { id, abortSignal: signal });
    if (Config.Labels[LABEL.claimable] !== 'true') return undefined;
    const keeper = keeperOf(machinery.docker, { Id, Labels: Config.Labels });
    if (!(await win(keeper, signal))) return undefined;
    await takeCallerName(machinery, keeper, { containerId: Id, oldName: Name.slice(1), ...timed });
    return handOver(machinery, keeper, { containerId: Id, ...timed });
  });
}

/** Claims the sandbox. Returns false if another caller has claimed it. If the claim succeeds only after an abort, the claim is undone. */
async function win(keeper: Keeper, abortSignal: AbortSignal): Promise<boolean> {
  const claiming = keeper.claim();
  try {
    return await abortable(claiming, abortSignal);
  } catch (error) {
    void claiming.then((isOurs) => (isOurs ? keeper.release() : undefined)).catch(() => {});
    throw error;
  }
}

/**
 * Renames the container for its new owner. If that fails, for example because the name is taken, releases the claim, so that the sandbox
 * can be claimed again.
 */
async function takeCallerName(
  machinery: Machinery,
  keeper: Keeper,
  claim: TimedClaimOptions & { readonly containerId: string; readonly oldName: string },
): Promise<void> {
  const { containerId, oldName, id, name, abortSignal } = claim;
  const wanted = { name: containerNameOf({ id, name }), isShared: false, options: machinery.options, abortSignal };
  if (wanted.name === oldName) return;
  const container = machinery.docker.getContainer(containerId);
  try {
    while (!(await renameContainer(container, wanted.name))) await findNamed(machinery.docker, wanted);
  } catch (error) {
    await keeper.release().catch(() => {});
    throw error;
  }
}

/** Sets the new expiry, and ends everything that the former owner left running. If either step fails, the container is removed. */
async function handOver(
  machinery: Machinery,
  keeper: Keeper,
  claim: TimedClaimOptions & { readonly containerId: string },
): Promise<DockerSandbox> {
  const { containerId, expiresInMs, abortSignal } = claim;
  const container = machinery.docker.getContainer(containerId);
  try {
    if (expiresInMs !== undefined) await keeper.move({ expiresInMs, abortSignal });
    machinery.notes.noteExpiry(expiresInMs);
    const sandbox = openInspected(machinery, await abortable(container.inspect(), abortSignal), 'end');
    await abortable(sandbox.endProcesses({ abortSignal }), abortSignal);
    return sandbox;
  } catch (error) {
    await removeContainer(container).catch(() => {});
    throw error;
  }
}
