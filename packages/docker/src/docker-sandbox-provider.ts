import { randomBytes } from 'node:crypto';
import {
  type AttachOptions,
  type CreateOptions,
  type Description,
  type SandboxCapabilities,
  type SandboxInfo,
  type SandboxProvider,
  SandpodError,
  type SweepOptions,
  type SweepReport,
  validateCreateOptions,
  validateOptions,
} from '@sandpod/core';
import type Docker from 'dockerode';
import { createContainer } from './client/create-container.ts';
import { createDocker } from './client/create-docker.ts';
import { type DockerEndpoint, findDockerEndpoint } from './client/docker-endpoint.ts';
import { statusOf, toSandpodError } from './client/docker-error.ts';
import { findImage, type ImageFacts } from './client/find-image.ts';
import { pullImage } from './client/pull-image.ts';
import { type ContainerFacts, inspectedFacts } from './container-facts.ts';
import { containerSpec } from './container-spec.ts';
import { describeContainer } from './describe-container.ts';
import { DOCKER_CAPABILITIES } from './docker-capabilities.ts';
import { type DockerOptions, type DockerSandboxProviderOptions, dockerSandboxProviderOptionsSchema } from './docker-options.ts';
import { DockerSandbox } from './docker-sandbox.ts';
import { infoOf, listContainers } from './list-containers.ts';
import { looseness } from './looseness.ts';
import { startContainer } from './start-container.ts';
import { removeNeverStarted, sweepContainers } from './sweep-containers.ts';
import { withDeadline } from './with-deadline.ts';

/** Makes hardened containers. Building one does no I/O but reading Docker's own configuration. */
export class DockerSandboxProvider implements SandboxProvider {
  readonly name = 'docker';
  readonly capabilities: SandboxCapabilities = DOCKER_CAPABILITIES;
  readonly #options: DockerOptions;
  readonly #endpoint: DockerEndpoint;
  readonly #docker: Docker;
  #version: string | undefined;
  #warnings: readonly string[] = [];
  #tidying: Promise<void> | undefined;

  /** @throws {SandpodError} `invalid-options`. */
  constructor(options: DockerSandboxProviderOptions = {}) {
    this.#options = validateOptions(dockerSandboxProviderOptionsSchema, options, 'docker');
    this.#endpoint = findDockerEndpoint(this.#options);
    this.#docker = createDocker(this.#endpoint);
  }

  async create(options: CreateOptions = {}): Promise<DockerSandbox> {
    const valid = validateCreateOptions(options);
    const { id = randomBytes(6).toString('hex'), startTimeoutMs: timeoutMs = this.#options.startTimeoutMs, abortSignal } = valid;
    const name = this.#options.containerName ?? `sandpod-${id}`;
    const deadline = { timeoutMs, abortSignal, subject: `The container ${name}` };
    const { image } = this.#options;
    const found = await withDeadline(deadline, (signal) => findImage(this.#docker, { image, abortSignal: signal }));
    const facts = found ?? (await this.#pull(valid));
    const sandbox = await withDeadline(deadline, (signal) => this.#make({ ...valid, id, abortSignal: signal }, { name, image: facts }));
    this.#tidying ??= removeNeverStarted(this.#docker);
    return sandbox;
  }

  async attach(options: AttachOptions): Promise<DockerSandbox> {
    options.abortSignal?.throwIfAborted();
    const [found] = await listContainers(this.#docker, { id: options.id });
    if (found?.State !== 'running') throw notFound(options.id);
    const container = this.#docker.getContainer(found.Id);
    try {
      return this.#open(container, { id: options.id, facts: inspectedFacts(await container.inspect(), this.#options) });
    } catch (error) {
      throw statusOf(error) === 404 ? notFound(options.id) : toSandpodError(error, 'look at the container', 'transport');
    }
  }

  async *list(): AsyncIterable<SandboxInfo> {
    for (const container of await listContainers(this.#docker)) yield infoOf(container);
  }

  sweep(options: SweepOptions = {}): Promise<SweepReport> {
    return sweepContainers(this.#docker, options);
  }

  describe(): Description {
    return {
      backend: this.name,
      versions: this.#version === undefined ? {} : { docker: this.#version },
      loose: [...looseness(this.#options), ...this.#warnings.map((warning) => `The daemon warns: ${warning}`)],
      notes: [`The daemon is ${this.#endpoint.address}, from ${this.#endpoint.source}.`, `Containers are made of ${this.#options.image}.`],
    };
  }

  async #pull({ onProgress, abortSignal }: CreateOptions): Promise<ImageFacts> {
    const { image } = this.#options;
    await pullImage(this.#docker, { image, onProgress, abortSignal });
    const found = await findImage(this.#docker, { image });
    if (found !== undefined) return found;
    throw new SandpodError({ code: 'start-failed', message: `The daemon pulled the image ${image} but does not have it.` });
  }

  async #make(
    options: CreateOptions & { readonly id: string; readonly abortSignal: AbortSignal },
    instance: { readonly name: string; readonly image: ImageFacts },
  ): Promise<DockerSandbox> {
    const { id, expiresInMs = this.#options.expiresInMs, onProgress, abortSignal } = options;
    const { name, image } = instance;
    onProgress?.({ phase: 'creating', message: `Creating the container ${name} of ${this.#options.image}.` });
    const spec = containerSpec(this.#options, { id, expiresInMs, nowMs: Date.now(), imageVolumes: image.volumes });
    const version = this.#learnVersion();
    const { container, warnings } = await createContainer(this.#docker, { name, spec, abortSignal }).catch((error: unknown) => {
      throw abortSignal.aborted ? error : this.#refusal(error, name);
    });
    this.#warnings = warnings;
    const open = (): DockerSandbox => this.#open(container, { id, facts: this.#options });
    const sandbox = await startContainer(container, { open, initCommand: this.#options.initCommand, onProgress, abortSignal });
    await version;
    return sandbox;
  }

  /** Beside the creation, so that it costs no time. */
  async #learnVersion(): Promise<void> {
    if (this.#version !== undefined) return;
    await this.#docker.version().then(
      ({ Version }) => {
        this.#version = Version;
      },
      () => {},
    );
  }

  #refusal(error: unknown, name: string): SandpodError {
    if (statusOf(error) !== 409) return toSandpodError(error, `create a container of ${this.#options.image}`);
    return new SandpodError({ code: 'sandbox-exists', message: `A container named ${name} exists already.`, cause: error });
  }

  #open(container: Docker.Container, sandbox: { readonly id: string; readonly facts: ContainerFacts }): DockerSandbox {
    const { id, facts } = sandbox;
    const { graceMs, keepContainer } = this.#options;
    const { limits, user, workspacePath: workspace } = facts;
    return new DockerSandbox({ id, container, user, limits, workspace, graceMs, keepContainer, description: describeContainer(facts) });
  }
}

function notFound(id: string): SandpodError {
  return new SandpodError({ code: 'sandbox-not-found', message: `No running container belongs to the sandbox ${id}.`, details: { id } });
}
