import type Docker from 'dockerode';
import type { ContainerFacts } from '../manifest/container-facts.ts';
import { describeContainer } from '../sandbox/describe-container.ts';
import { DockerSandbox } from '../sandbox/docker-sandbox.ts';
import { explainLoss } from './explain-loss.ts';
import type { Machinery } from './machinery.ts';
import { removeContainer } from './remove-container.ts';

export interface OpenSandboxOptions {
  readonly container: Docker.Container;
  /** The id of the sandbox. */
  readonly id: string;
  readonly facts: ContainerFacts;
}

/** A sandbox over a running container; nothing is sent yet. */
export function openSandbox({ options }: Machinery, { container, id, facts }: OpenSandboxOptions): DockerSandbox {
  const { graceMs, autoRemove } = options;
  const { limits, user, workspacePath: workspace } = facts;
  return new DockerSandbox({
    ...{ id, container, user, limits, workspace, graceMs, autoRemove },
    description: describeContainer(facts),
    explainLoss: ({ exitCode }) => explainLoss(container, { limits, exitCode }),
    remove: () => removeContainer(container),
  });
}
