import type { Sandbox } from '@sandpod/core';
import type { BaseSandbox, ExecuteResponse } from 'deepagents';
import { cleanText } from '../shared/index.ts';
import type { ValidBackendOptions } from './deep-agents-backend-options.ts';
import { ListingBackend } from './listing-backend.ts';
import { RawBackend } from './raw-backend.ts';

/**
 * Uses a sandbox as the backend of a deep agent: `createDeepAgent({ backend })`.
 *
 * deepagents builds its file tools on `uploadFiles`, `downloadFiles`, and `execute` with POSIX tools, which every Linux image has.
 * Paths are absolute paths in the sandbox; {@link SandpodBackend.workspace} is the writable directory.
 */
export class SandpodBackend extends RawBackend {
  /** Absolute path of the directory that commands start in. */
  readonly workspace: string;
  /** Describes the sandbox for the system prompt. */
  readonly description: string;
  /** The file tools read contents and names of files from the output, so they need it uncleaned. */
  readonly #raw: RawBackend;
  readonly #listing: ListingBackend;

  constructor(sandbox: Sandbox, options: ValidBackendOptions) {
    super(sandbox, options);
    this.workspace = sandbox.workspace;
    this.description = sandbox.description;
    this.#raw = new RawBackend(sandbox, options);
    this.#listing = new ListingBackend(sandbox, options);
  }

  /** Runs a shell command and removes terminal codes from its output. A failure is a result. An abort is thrown, and so is a sandbox that was gone before the start. */
  override async execute(command: string): Promise<ExecuteResponse> {
    const response = await super.execute(command);
    return { ...response, output: cleanText(response.output) };
  }

  override ls(...parameters: Parameters<BaseSandbox['ls']>): ReturnType<BaseSandbox['ls']> {
    return this.#listing.ls(...parameters);
  }

  override read(...parameters: Parameters<BaseSandbox['read']>): ReturnType<BaseSandbox['read']> {
    return this.#raw.read(...parameters);
  }

  override grep(...parameters: Parameters<BaseSandbox['grep']>): ReturnType<BaseSandbox['grep']> {
    return this.#raw.grep(...parameters);
  }

  override glob(...parameters: Parameters<BaseSandbox['glob']>): ReturnType<BaseSandbox['glob']> {
    return this.#listing.glob(...parameters);
  }

  override delete(...parameters: Parameters<BaseSandbox['delete']>): ReturnType<BaseSandbox['delete']> {
    return this.#raw.delete(...parameters);
  }
}
