import type Docker from 'dockerode';
import { toSandpodError } from '../client/docker-error.ts';
import { LABEL, storedLabels } from '../manifest/labels.ts';

export interface ContainerSelection {
  /** The sandbox's id. */
  readonly id?: string | undefined;
  /** The container's name. */
  readonly name?: string | undefined;
  /** The caller's labels. The sandbox must have all of them. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** One of Docker's container states, for example `created`. */
  readonly status?: string;
}

/** Lists the containers that sandpod created on this daemon, including those that have ended. */
export async function listContainers(docker: Docker, only: ContainerSelection = {}): Promise<Docker.ContainerInfo[]> {
  const { id, name, labels, status } = only;
  const wanted = { [LABEL.managed]: 'true', ...(id !== undefined && { [LABEL.id]: id }), ...storedLabels(labels) };
  const filters = {
    label: Object.entries(wanted).map(([key, value]) => `${key}=${value}`),
    ...(status !== undefined && { status: [status] }),
    // Names begin with a slash, and the daemon expects a regular expression.
    ...(name !== undefined && { name: [`^/${name.replaceAll('.', '\\.')}$`] }),
  };
  try {
    return await docker.listContainers({ all: true, filters });
  } catch (error) {
    throw toSandpodError(error, 'list containers', 'transport');
  }
}
