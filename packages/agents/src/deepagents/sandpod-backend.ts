import { posix } from 'node:path';
import { isTmpCodeFile, type Sandbox } from '@sandpod/core';
import type { BaseSandbox, ExecuteResponse } from 'deepagents';
import { cleanTextInTurns } from '../shared/index.ts';
import type { ValidBackendOptions } from './deep-agents-backend-options.ts';
import { ListingBackend } from './listing-backend.ts';
import { RawBackend } from './raw-backend.ts';
import { finished, ToolBackend } from './tool-backend.ts';

/** Returned as an error, because deepagents cannot mark the listing of a directory as incomplete. */
export const TOO_MANY_ENTRIES = 'The directory has too many entries to list. Use a command, or glob with a pattern.';

/**
 * Uses a sandbox as the backend of a deep agent: `createDeepAgent({ backend })`.
 *
 * deepagents builds its file tools on `uploadFiles`, `downloadFiles` and `execute`. It executes POSIX tools, which every Linux image has.
 * Paths are absolute paths in the sandbox; {@link SandpodBackend.workspace} is the writable directory.
 */
export class SandpodBackend extends RawBackend {
  /** Absolute path of the directory that commands start in. */
  readonly workspace: string;
  /** Describes the sandbox for the system prompt. */
  readonly description: string;
  /** Creates the backend for the file tools. They read the names and contents of files from the output, so they need the raw output. */
  readonly #abortSignal: AbortSignal | undefined;
  readonly #tools: () => ToolBackend;
  readonly #listing: () => ListingBackend;

  constructor(sandbox: Sandbox, options: ValidBackendOptions) {
    super(sandbox, options);
    this.workspace = sandbox.workspace;
    this.description = sandbox.description;
    this.#abortSignal = options.abortSignal;
    this.#tools = () => new ToolBackend(sandbox, options);
    this.#listing = () => new ListingBackend(sandbox, options);
  }

  /**
   * Runs a shell command and removes terminal codes from its output. Returns a failure as a result. Throws if the command is aborted, or
   * if the sandbox was gone before the command started.
   */
  override async execute(command: string): Promise<ExecuteResponse> {
    const response = await super.execute(command);
    return { ...response, output: await cleanTextInTurns(response.output, this.#abortSignal) };
  }

  override async ls(...parameters: Parameters<BaseSandbox['ls']>): ReturnType<BaseSandbox['ls']> {
    const tools = this.#listing();
    const result = await finished(tools.ls(...parameters));
    if (tools.isCut) return { error: TOO_MANY_ENTRIES };
    return 'files' in result && result.files ? { ...result, files: withoutTmpCode(result.files) } : result;
  }

  override read(...parameters: Parameters<BaseSandbox['read']>): ReturnType<BaseSandbox['read']> {
    return finished(this.#tools().read(...parameters));
  }

  override async grep(...parameters: Parameters<BaseSandbox['grep']>): ReturnType<BaseSandbox['grep']> {
    const tools = this.#tools();
    const result = await finished(tools.grep(...parameters));
    const shown = 'matches' in result && result.matches ? { ...result, matches: withoutTmpCode(result.matches) } : result;
    return tools.isCut ? { ...shown, truncated: true } : shown;
  }

  override async glob(...parameters: Parameters<BaseSandbox['glob']>): ReturnType<BaseSandbox['glob']> {
    const result = await finished(this.#listing().glob(...parameters));
    return 'files' in result && result.files ? { ...result, files: withoutTmpCode(result.files) } : result;
  }

  override delete(...parameters: Parameters<BaseSandbox['delete']>): ReturnType<BaseSandbox['delete']> {
    return finished(this.#tools().delete(...parameters));
  }
}

/** Removes the code files of executors from a list. Their names mean nothing to a model. */
function withoutTmpCode<Entry extends { readonly path: string }>(entries: readonly Entry[]): Entry[] {
  return entries.filter(({ path }) => !isTmpCodeFile(posix.basename(path)));
}
