import { randomBytes } from 'node:crypto';
import {
  type AttachOptions,
  abortable,
  type CreateOptions,
  type Description,
  SandpodError,
  type SandboxCapabilities,
  type SandboxInfo,
  type SandboxProvider,
  type SweepOptions,
  type SweepReport,
  validateCreateOptions,
  validateOptions,
} from '@sandpod/core';
import type Docker from 'dockerode';
import { createDocker } from './client/create-docker.ts';
import { type DockerEndpoint, findDockerEndpoint } from './client/docker-endpoint.ts';
import { statusOf, toSandpodError } from './client/docker-error.ts';
import { pullImage } from './client/pull-image.ts';
import { containerSpec, looseness } from './container-spec.ts';
import { describeContainer } from './describe-container.ts';
import { DOCKER_CAPABILITIES } from './docker-capabilities.ts';
import { type DockerOptions, type DockerSandboxProviderOptions, dockerSandboxProviderOptionsSchema } from './docker-options.ts';
import { DockerSandbox, removeContainer } from './docker-sandbox.ts';
import { infoOf, listContainers } from './list-containers.ts';
import { sweepContainers } from './sweep-containers.ts';

/** Makes hardened containers. Building one does no I/O. */
export class DockerSandboxProvider implements SandboxProvider {
  readonly name = 'docker';
  readonly capabilities: SandboxCapabilities;
  readonly #options: DockerOptions;
  readonly #endpoint: DockerEndpoint;
  readonly #docker: Docker;
  #version: string | undefined;

  /** @throws {SandpodError} `invalid-options`. */
  constructor(options: DockerSandboxProviderOptions = {}) {
    this.#options = validateOptions(dockerSandboxProviderOptionsSchema, options, 'docker');
    this.#endpoint = findDockerEndpoint(this.#options);
    this.#docker = createDocker(this.#endpoint);
    this.capabilities = DOCKER_CAPABILITIES;
  }

  async create(options: CreateOptions = {}): Promise<DockerSandbox> {
    const valid = validateCreateOptions(options);
    const { id = randomBytes(6).toString('hex'), abortSignal, onProgress } = valid;
    const { startTimeoutMs = this.#options.startTimeoutMs, expiresInMs = this.#options.expiresInMs } = valid;
    const name = this.#options.containerName ?? `sandpod-${id}`;
    const spec = containerSpec(this.#options, { id, name, expiresInMs, nowMs: Date.now() });
    onProgress?.({ phase: 'creating', message: `Creating a container of ${this.#options.image}.` });
    const container = await this.#createContainer(spec, valid);
    const deadline = AbortSignal.timeout(startTimeoutMs);
    const signal = abortSignal === undefined ? deadline : AbortSignal.any([abortSignal, deadline]);
    try {
      onProgress?.({ phase: 'starting', message: `Starting the container ${name}.` });
      const sandbox = await abortable(this.#start(container, id, signal), signal);
      onProgress?.({ phase: 'ready', message: `The container ${name} is ready.` });
      return sandbox;
    } catch (error) {
      await removeContainer(container);
      throw deadline.aborted && !abortSignal?.aborted ? startTimeout(name, startTimeoutMs) : error;
    }
  }

  async attach(options: AttachOptions): Promise<DockerSandbox> {
    options.abortSignal?.throwIfAborted();
    const [found] = await listContainers(this.#docker, { id: options.id });
    if (found?.State !== 'running') {
      throw new SandpodError({ code: 'sandbox-not-found', message: `No running container belongs to the sandbox ${options.id}.`, details: { id: options.id } });
    }
    return this.#open(this.#docker.getContainer(found.Id), options.id);
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
      loose: looseness(this.#options),
      notes: [`The daemon is ${this.#endpoint.address}, from ${this.#endpoint.source}.`, `Containers are made of ${this.#options.image}.`],
    };
  }

  async #createContainer(spec: Docker.ContainerCreateOptions, options: CreateOptions): Promise<Docker.Container> {
    const { abortSignal, onProgress } = options;
    try {
      return await this.#docker.createContainer(spec);
    } catch (error) {
      if (statusOf(error) === 409) {
        throw new SandpodError({ code: 'sandbox-exists', message: `A container named ${spec.name} exists already.`, cause: error });
      }
      if (statusOf(error) !== 404) throw toSandpodError(error, `create a container of ${this.#options.image}`);
      await pullImage(this.#docker, { image: this.#options.image, onProgress, abortSignal });
      abortSignal?.throwIfAborted();
      return this.#docker.createContainer(spec).catch((again: unknown) => {
        throw toSandpodError(again, `create a container of ${this.#options.image}`);
      });
    }
  }

  async #start(container: Docker.Container, id: string, abortSignal: AbortSignal): Promise<DockerSandbox> {
    await container.start().catch((error: unknown) => {
      throw toSandpodError(error, 'start the container');
    });
    const sandbox = this.#open(container, id);
    await sandbox.warm(abortSignal);
    const { initCommand } = this.#options;
    if (initCommand === undefined) return sandbox;
    const { exitCode, stderr } = await sandbox.run({ command: initCommand, abortSignal });
    if (exitCode === 0) return sandbox;
    throw new SandpodError({ code: 'start-failed', message: `initCommand ended with exit code ${exitCode}: ${stderr.slice(0, 1_000)}` });
  }

  #open(container: Docker.Container, id: string): DockerSandbox {
    const { limits, workspacePath, graceMs } = this.#options;
    return new DockerSandbox({ id, container, limits, workspace: workspacePath, graceMs, description: describeContainer(this.#options) });
  }
}

function startTimeout(name: string, startTimeoutMs: number): SandpodError {
  return new SandpodError({ code: 'start-timeout', message: `The container ${name} was not usable within ${startTimeoutMs} ms.` });
}
