import type { Leftovers } from '@sandpod/core';
import { HiddenShell, imageEnvironment } from '@sandpod/launcher';
import type Docker from 'dockerode';
import { type ContainerFacts, hasHiddenShell, inspectedFacts } from '../manifest/container-facts.ts';
import { callerNameIn } from '../manifest/container-name.ts';
import { keeperUserBeside } from '../manifest/keeper-user.ts';
import { callerLabels, LABEL } from '../manifest/labels.ts';
import { HIDDEN_SHELL_DIRECTORY } from '../options/reserved-names.ts';
import { describeContainer } from '../sandbox/describe-container.ts';
import { DockerSandbox } from '../sandbox/docker-sandbox.ts';
import { explainLoss } from './explain-loss.ts';
import { explainMemoryLimit } from './explain-memory-limit.ts';
import { Keeper } from './keeper.ts';
import type { Machinery } from './machinery.ts';
import { removeSoon } from './remove-container.ts';

export interface OpenSandboxOptions {
  readonly container: Docker.Container;
  /** The sandbox's id. */
  readonly id: string;
  readonly name?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly facts: ContainerFacts;
  readonly leftovers: Leftovers;
  /** Undefined if the container was created by a version of sandpod that does not create a hidden shell. */
  readonly hiddenShell: HiddenShell | undefined;
}

/** Creates the sandbox object for a running container, without sending a request. */
export function openSandbox({ options, notes }: Machinery, sandbox: OpenSandboxOptions): DockerSandbox {
  const { container, id, name, labels = {}, facts, leftovers, hiddenShell } = sandbox;
  const { limits, user, workspacePath: workspace } = facts;
  const environment = imageEnvironment({ isClosed: facts.network === 'none', limits });
  const keeper = new Keeper(container, keeperUserBeside(user));
  return new DockerSandbox({
    ...{ id, name, labels, container, user, limits, workspace, leftovers, hiddenShell },
    graceMs: options.graceMs,
    description: `${describeContainer(facts)} ${environment.summary}`,
    environment,
    explainLoss: ({ exitCode }) => explainLoss(container, { limits, exitCode }),
    explainMemoryLimit: () => explainMemoryLimit(container),
    extend: async (extension) => {
      notes.noteExpiry(extension.expiresInMs);
      await keeper.move(extension);
    },
    remove: () => removeSoon(container),
  });
}

/** Creates the sandbox object from the result of inspecting a container. Any process may have created the container. */
export function openInspected(machinery: Machinery, info: Docker.ContainerInspectInfo, leftovers: Leftovers): DockerSandbox {
  const { Labels } = info.Config;
  return openSandbox(machinery, {
    container: machinery.docker.getContainer(info.Id),
    id: Labels[LABEL.id] ?? info.Id,
    name: callerNameIn(info.Name),
    labels: callerLabels(Labels),
    facts: inspectedFacts(info, machinery.options),
    leftovers,
    hiddenShell: hasHiddenShell(info) ? new HiddenShell({ directory: HIDDEN_SHELL_DIRECTORY, isAwaited: false }) : undefined,
  });
}
