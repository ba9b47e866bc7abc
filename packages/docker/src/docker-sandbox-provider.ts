import { randomBytes } from 'node:crypto';
import {
  type AttachOptions,
  abortable,
  type CreateOptions,
  type Description,
  type SandboxCapabilities,
  type SandboxInfo,
  type SandboxProvider,
  SandpodError,
  type SweepOptions,
  type SweepReport,
  validateAttachOptions,
  validateCreateOptions,
  validateOptions,
} from '@sandpod/core';
import type Docker from 'dockerode';
import { boundDirectory } from './bound-directory.ts';
import { type CreatedContainer, createContainer } from './client/create-container.ts';
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
import { findNamedContainer } from './find-named-container.ts';
import { LABEL } from './labels.ts';
import { infoOf, listContainers } from './list-containers.ts';
import { makeWorkDirectory } from './make-work-directory.ts';
import { removeContainer } from './remove-container.ts';
import { startContainer } from './start-container.ts';
import { removeNeverStarted, sweepContainers } from './sweep-containers.ts';
import { takeName } from './take-name.ts';
import { weaknessesOf } from './weaknesses-of.ts';
import { withDeadline } from './with-deadline.ts';

/** What every step of a start needs. */
type StartOptions = CreateOptions & { readonly abortSignal: AbortSignal };

interface Plan {
  readonly name: string;
  readonly id: string;
  readonly image: ImageFacts;
}

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

  /** @throws {SandpodError} `sandbox-exists`, `start-failed`, `start-timeout`, `transport`. @throws the abort's reason. */
  async create(options: CreateOptions = {}): Promise<DockerSandbox> {
    const valid = validateCreateOptions(options);
    const { startTimeoutMs: timeoutMs = this.#options.startTimeoutMs, abortSignal } = valid;
    const id = valid.id ?? randomBytes(6).toString('hex');
    const { image, containerName, autoRemove } = this.#options;
    const name = containerName ?? `sandpod-${id}`;
    const within = <Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> =>
      withDeadline({ timeoutMs, abortSignal, subject: `The container ${name}` }, work);
    const isShared = containerName !== undefined && !autoRemove;
    if (isShared) {
      const kept = await within((signal) => this.#useAgain({ ...valid, abortSignal: signal }, name));
      if (kept !== undefined) return kept;
    }
    const found = await within((signal) => findImage(this.#docker, { image, abortSignal: signal }));
    const facts = found ?? (await this.#pull(valid));
    const plan = { name, id, image: facts };
    const sandbox = await within((abortSignal) => this.#make({ ...valid, abortSignal }, { ...plan, isShared }));
    this.#tidying ??= removeNeverStarted(this.#docker);
    return sandbox;
  }

  async attach(options: AttachOptions): Promise<DockerSandbox> {
    const { id, abortSignal } = validateAttachOptions(options);
    const [found] = await abortable(listContainers(this.#docker, { id }), abortSignal);
    if (found?.State !== 'running') throw notFound(id);
    const container = this.#docker.getContainer(found.Id);
    try {
      const info = await abortable(container.inspect(), abortSignal);
      return this.#open(container, { id, facts: inspectedFacts(info, this.#options) });
    } catch (error) {
      abortSignal?.throwIfAborted();
      throw statusOf(error) === 404 ? notFound(id) : toSandpodError(error, 'look at the container', 'transport');
    }
  }

  /** With `autoRemove: false`, removes the container of ours that has `containerName`, whoever made it. */
  async removeLeft(): Promise<void> {
    const { autoRemove, containerName } = this.#options;
    if (autoRemove || containerName === undefined) return;
    for (const left of await listContainers(this.#docker, { name: containerName }))
      await removeContainer(this.#docker.getContainer(left.Id));
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
      weaknesses: [...weaknessesOf(this.#options), ...this.#warnings.map((warning) => `The daemon warns: ${warning}`)],
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

  /** The living container of this name; undefined once the name is free. */
  async #useAgain(options: StartOptions, name: string): Promise<DockerSandbox | undefined> {
    const { id, onProgress, abortSignal } = options;
    const info = await findNamedContainer(this.#docker, { name, id, options: this.#options, abortSignal });
    if (info === undefined) return undefined;
    const facts = inspectedFacts(info, this.#options);
    const sandbox = this.#open(this.#docker.getContainer(info.Id), { id: info.Config.Labels[LABEL.id] ?? info.Id, facts });
    try {
      await abortable(sandbox.warm(abortSignal), abortSignal);
    } catch (error) {
      await sandbox[Symbol.asyncDispose]();
      throw error;
    }
    onProgress?.({ phase: 'ready', message: `The container ${name} lives already.` });
    return sandbox;
  }

  /** A container that others may find by its name gets the name when it is ready. */
  async #make(options: StartOptions, plan: Plan & { readonly isShared: boolean }): Promise<DockerSandbox> {
    const { name, id, isShared } = plan;
    if (!isShared) return this.#start(options, plan);
    for (;;) {
      const sandbox = await this.#start(options, { ...plan, name: `${name}.${id}` });
      if (await takeName(this.#docker, { sandbox, name })) return sandbox;
      const kept = await this.#useAgain(options, name);
      if (kept !== undefined) return kept;
    }
  }

  async #start(options: StartOptions, plan: Plan): Promise<DockerSandbox> {
    const { expiresInMs = this.#options.expiresInMs, onProgress, abortSignal } = options;
    const { name, id, image } = plan;
    onProgress?.({ phase: 'creating', message: `Creating the container ${name} of ${this.#options.image}.` });
    await makeWorkDirectory(this.#options);
    const spec = containerSpec(this.#options, { id, expiresInMs, nowMs: Date.now(), imageVolumes: image.volumes });
    const version = this.#learnVersion();
    const made = await this.#createOrUseAgain(options, { name, spec });
    if (made instanceof DockerSandbox) return made;
    this.#warnings = made.warnings;
    const open = (): DockerSandbox => this.#open(made.container, { id, facts: this.#options });
    const bound = boundDirectory(this.#options);
    const sandbox = await startContainer(made.container, { open, bound, options: this.#options, onProgress, abortSignal });
    await version;
    return sandbox;
  }

  /** Others may take or free the name at any moment. */
  async #createOrUseAgain(
    options: StartOptions,
    { name, spec }: { readonly name: string; readonly spec: Docker.ContainerCreateOptions },
  ): Promise<CreatedContainer | DockerSandbox> {
    const { abortSignal } = options;
    for (;;) {
      try {
        return await createContainer(this.#docker, { name, spec, abortSignal });
      } catch (error) {
        if (abortSignal.aborted) throw error;
        if (statusOf(error) !== 409) throw toSandpodError(error, `create a container of ${this.#options.image}`);
      }
      const kept = await this.#useAgain(options, name);
      if (kept !== undefined) return kept;
    }
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

  #open(container: Docker.Container, sandbox: { readonly id: string; readonly facts: ContainerFacts }): DockerSandbox {
    const { id, facts } = sandbox;
    const { graceMs, autoRemove } = this.#options;
    const { limits, user, workspacePath: workspace } = facts;
    return new DockerSandbox({ id, container, user, limits, workspace, graceMs, autoRemove, description: describeContainer(facts) });
  }
}

function notFound(id: string): SandpodError {
  return new SandpodError({ code: 'sandbox-not-found', message: `No running container belongs to the sandbox ${id}.`, details: { id } });
}
