import type { SandboxInfo } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import type Docker from 'dockerode';
import { callerNameIn } from '../manifest/container-name.ts';
import { keeperUserBeside } from '../manifest/keeper-user.ts';
import { callerLabels, LABEL, labelledExpiry } from '../manifest/labels.ts';
import { Keeper } from './keeper.ts';
import type { KeeperReport } from './keeper-report.ts';
import { type ContainerSelection, listContainers } from './list-containers.ts';

/** The maximum number of concurrent requests to keepers. */
const PARALLEL_REQUESTS = 8;

/** A container and the information about its sandbox. */
export interface ListedSandbox {
  readonly container: Docker.ContainerInfo;
  readonly info: SandboxInfo;
  /**
   * False if the container is running but its keeper did not answer. `info.expiresMs` is then the expiry that was set when the container
   * was created.
   */
  readonly isExpiryKnown: boolean;
}

/** Lists sandboxes with their actual expiries. The expiry of a running container is read from its keeper. */
export async function* describeSandboxes(
  docker: Docker,
  options: ContainerSelection & { readonly abortSignal?: AbortSignal | undefined },
): AsyncGenerator<ListedSandbox, void, void> {
  const { abortSignal, ...selection } = options;
  const containers = await abortable(listContainers(docker, selection), abortSignal);
  for (let index = 0; index < containers.length; index += PARALLEL_REQUESTS) {
    const some = containers.slice(index, index + PARALLEL_REQUESTS);
    yield* await Promise.all(some.map((container) => describeSandbox(docker, container, abortSignal)));
  }
}

async function describeSandbox(docker: Docker, container: Docker.ContainerInfo, abortSignal?: AbortSignal): Promise<ListedSandbox> {
  // `running` includes paused containers, whose keepers cannot answer.
  const isRunning = infoOf(container).state === 'running';
  const report = isRunning ? await keeperOf(docker, container).look(abortSignal) : undefined;
  return { container, info: infoOf(container, report), isExpiryKnown: !isRunning || report !== undefined };
}

/** Returns the keeper of a running container. */
export function keeperOf(docker: Docker, { Id, Labels }: Pick<Docker.ContainerInfo, 'Id' | 'Labels'>): Keeper {
  return new Keeper(docker.getContainer(Id), keeperUserBeside(Labels[LABEL.user] ?? ''));
}

/**
 * Returns the information about a container's sandbox. If there is no report from the keeper, returns the expiry that was set when the
 * container was created.
 */
export function infoOf(container: Docker.ContainerInfo, report?: KeeperReport): SandboxInfo {
  const { Labels, Names, Created, State, Id } = container;
  const state = stateOf(State);
  const name = callerNameIn(Names[0] ?? '');
  const expiresMs = report === undefined ? labelledExpiry(Labels) : report.expiresMs;
  const isUnclaimed = state === 'starting' || report?.isClaimed === false;
  return {
    id: Labels[LABEL.id] ?? Id,
    ...(name !== undefined && { name }),
    labels: callerLabels(Labels),
    isClaimable: Labels[LABEL.claimable] === 'true' && isUnclaimed,
    createdMs: Created * 1_000,
    ...(expiresMs !== undefined && { expiresMs }),
    state,
  };
}

function stateOf(state: string): SandboxInfo['state'] {
  if (state === 'created') return 'starting';
  return state === 'running' || state === 'paused' ? 'running' : 'ended';
}
