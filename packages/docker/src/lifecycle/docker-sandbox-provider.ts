import type {
  AttachOptions,
  ClaimOptions,
  CreateOptions,
  Description,
  ListOptions,
  SandboxCapabilities,
  SandboxInfo,
  SandboxProvider,
  SweepOptions,
  SweepReport,
} from '@sandpod/core';
import {
  resolveOnce,
  validateAttachOptions,
  validateClaimOptions,
  validateCreateOptions,
  validateListOptions,
} from '@sandpod/core/backend';
import { imageEnvironment } from '@sandpod/launcher';
import { closeIdleConnections, createDocker } from '../client/create-docker.ts';
import { type DockerEndpoint, findDockerEndpoint } from '../client/docker-endpoint.ts';
import type { DockerSandboxProviderOptions } from '../options/docker-options.ts';
import { dockerSandboxProviderOptionsSchema, withUser } from '../options/docker-options-schema.ts';
import { weaknessesOf } from '../options/weaknesses-of.ts';
import { DOCKER_CAPABILITIES } from '../sandbox/docker-capabilities.ts';
import type { DockerSandbox } from '../sandbox/docker-sandbox.ts';
import { attachSandbox } from './attach-sandbox.ts';
import { claimSandbox } from './claim-sandbox.ts';
import { createSandbox } from './create-sandbox.ts';
import { DaemonNotes } from './daemon-notes.ts';
import { describeSandboxes } from './describe-sandboxes.ts';
import { listContainers } from './list-containers.ts';
import type { Machinery } from './machinery.ts';
import { removeContainer } from './remove-container.ts';
import { removeNeverStarted, sweepSandboxes } from './sweep-sandboxes.ts';

/** Creates, finds and removes hardened containers. The constructor only reads Docker's configuration, and does not connect. */
export class DockerSandboxProvider implements SandboxProvider {
  readonly name = 'docker';
  readonly capabilities: SandboxCapabilities = DOCKER_CAPABILITIES;
  readonly #endpoint: DockerEndpoint;
  readonly #machinery: Machinery;
  #tidying: Promise<void> | undefined;

  /** @throws {SandpodError} `invalid-options`. */
  constructor(options: DockerSandboxProviderOptions = {}) {
    // The executor's schema does not fill in the user.
    const valid = withUser(resolveOnce(dockerSandboxProviderOptionsSchema, options, 'docker'));
    this.#endpoint = findDockerEndpoint(valid);
    this.#machinery = { docker: createDocker(this.#endpoint), options: valid, notes: new DaemonNotes() };
  }

  /** @throws {SandpodError} `sandbox-exists`, `start-failed`, `start-timeout`, `transport`. @throws the abort reason. */
  async create(options: CreateOptions = {}): Promise<DockerSandbox> {
    const sandbox = await createSandbox(this.#machinery, validateCreateOptions(options));
    this.#tidying ??= removeNeverStarted(this.#machinery.docker);
    return sandbox;
  }

  async attach(options: AttachOptions): Promise<DockerSandbox> {
    return attachSandbox(this.#machinery, validateAttachOptions(options));
  }

  /** @throws the same errors as {@link create}. */
  async claim(options: ClaimOptions): Promise<DockerSandbox | undefined> {
    return claimSandbox(this.#machinery, validateClaimOptions(options));
  }

  /**
   * Removes the container with the name `containerName` if `autoRemove` is false, even if another process created the container. Otherwise,
   * does nothing.
   */
  async removeLeft(): Promise<void> {
    const { docker, options } = this.#machinery;
    const { autoRemove, containerName } = options;
    if (autoRemove !== false || containerName === undefined) return;
    for (const left of await listContainers(docker, { name: containerName })) await removeContainer(docker.getContainer(left.Id));
  }

  async *list(options: ListOptions = {}): AsyncIterable<SandboxInfo> {
    for await (const { info } of describeSandboxes(this.#machinery.docker, validateListOptions(options))) yield info;
  }

  sweep(options: SweepOptions = {}): Promise<SweepReport> {
    return sweepSandboxes(this.#machinery.docker, options);
  }

  /** Closes connections that are not in use. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#tidying;
    closeIdleConnections(this.#machinery.docker);
  }

  describe(): Description {
    const { options, notes } = this.#machinery;
    const { address, source } = this.#endpoint;
    const weaknesses = weaknessesOf(notes.hasEndless ? { ...options, expiresInMs: null } : options);
    return {
      backend: this.name,
      versions: notes.version === undefined ? {} : { docker: notes.version },
      weaknesses: [...weaknesses, ...notes.warnings.map((warning) => `The daemon warns: ${warning}`)],
      notes: [`The daemon is ${address}, from ${source}.`, `Containers are created from ${options.image}.`],
      environment: imageEnvironment({ isClosed: options.network === 'none', limits: options.limits }),
    };
  }
}
