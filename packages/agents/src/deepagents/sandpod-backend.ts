import type { Sandbox } from '@sandpod/core';
import type { BaseSandbox, ExecuteResponse } from 'deepagents';
import { cleanText } from '../shared/index.ts';
import type { ValidBackendOptions } from './deep-agents-backend-options.ts';
import { RawBackend } from './raw-backend.ts';

/**
 * A sandbox as the backend of a deep agent: `createDeepAgent({ backend })`.
 *
 * deepagents makes its file tools of `execute` and POSIX tools, which every Linux image has, and of `uploadFiles` and
 * `downloadFiles`. Paths are absolute paths of the sandbox; {@link SandpodBackend.workspace} is where there is room to write.
 */
export class SandpodBackend extends RawBackend {
  /** Absolute path of the directory that commands start in. */
  readonly workspace: string;
  /** What a model should know about the sandbox; for the system prompt. */
  readonly description: string;
  /** Cleaned output would be wrong for the file tools: they take contents and names of files from it. */
  readonly #raw: RawBackend;

  constructor(sandbox: Sandbox, options: ValidBackendOptions) {
    super(sandbox, options);
    this.workspace = sandbox.workspace;
    this.description = sandbox.description;
    this.#raw = new RawBackend(sandbox, options);
  }

  /** Runs a shell line; its output is without terminal codes. A failure is a result; an abort, and a sandbox that is gone before the start, are thrown. */
  override async execute(command: string): Promise<ExecuteResponse> {
    const response = await super.execute(command);
    return { ...response, output: cleanText(response.output) };
  }

  override ls(...parameters: Parameters<BaseSandbox['ls']>): ReturnType<BaseSandbox['ls']> {
    return this.#raw.ls(...parameters);
  }

  override read(...parameters: Parameters<BaseSandbox['read']>): ReturnType<BaseSandbox['read']> {
    return this.#raw.read(...parameters);
  }

  override grep(...parameters: Parameters<BaseSandbox['grep']>): ReturnType<BaseSandbox['grep']> {
    return this.#raw.grep(...parameters);
  }

  override glob(...parameters: Parameters<BaseSandbox['glob']>): ReturnType<BaseSandbox['glob']> {
    return this.#raw.glob(...parameters);
  }

  override delete(...parameters: Parameters<BaseSandbox['delete']>): ReturnType<BaseSandbox['delete']> {
    return this.#raw.delete(...parameters);
  }
}
