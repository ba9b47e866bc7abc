import type { CallToolResult, McpServer, ServerContext } from '@modelcontextprotocol/server';
import { type SandboxFiles, SandpodError } from '@sandpod/core';
import { FifoQueue, parseWorkspacePath } from '@sandpod/core/backend';
import { cleanLine } from '../shared/index.ts';
import { understandsLinks } from './file-resource.ts';
import type { ValidMcpOptions } from './mcp-server-options.ts';

/** Facts about a workspace that all servers over it share. Some clients over HTTP have no sessions, so each request has its own server. */
interface WorkspaceState {
  readonly queue: FifoQueue;
  /** True after the first call, which started the sandbox. */
  isUsed: boolean;
}

const states = new WeakMap<object, WorkspaceState>();

function stateOf(workspace: object): WorkspaceState {
  const state = states.get(workspace) ?? { queue: new FifoQueue(), isUsed: false };
  states.set(workspace, state);
  return state;
}

/** Maximum time limit for a file operation in milliseconds. MCP clients stop waiting after 60 s, and a read takes two operations. */
const FILE_OPERATION_MS = 20_000;

/** The executor or sandbox that the tools of a server use, and its queue. */
export class ToolTarget {
  readonly options: ValidMcpOptions;
  readonly #server: McpServer;
  readonly #state: WorkspaceState;

  constructor(options: ValidMcpOptions, server: McpServer) {
    this.options = options;
    this.#server = server;
    this.#state = stateOf(options.executor ?? options.sandbox);
  }

  get files(): SandboxFiles | undefined {
    return this.options.executor === undefined ? this.options.sandbox : this.options.executor.files;
  }

  /** Time limit for a file operation in milliseconds. Without it, a guest that stops an operation would also stop the next calls. */
  get fileTimeoutMs(): number {
    return Math.min(this.options.timeoutMs ?? FILE_OPERATION_MS, FILE_OPERATION_MS);
  }

  /** Returns true if results may contain links. */
  get canLink(): boolean {
    return this.files !== undefined && understandsLinks(this.#server.server.getNegotiatedProtocolVersion());
  }

  /** Returns true if there is a sandbox, as far as this server knows. */
  get isUsed(): boolean {
    return this.options.sandbox !== undefined || this.#state.isUsed;
  }

  /**
   * Returns a path relative to the workspace, `.` for the workspace itself. Accepts absolute paths inside the workspace.
   *
   * @throws {SandpodError} like {@link parseWorkspacePath}.
   */
  async pathOf(given: string, { mcpReq: { signal: abortSignal } }: Pick<ServerContext, 'mcpReq'>): Promise<string> {
    const path = given.startsWith('/') ? relativeTo(await this.#workspace(abortSignal), given) : given;
    return /^\.(?:\/+\.)*$/.test(path) ? '.' : parseWorkspacePath(path);
  }

  /** Like {@link ToolTarget.enter}. Invalid arguments and platform failures become error results. Any other error is a bug and is thrown. */
  async answer(context: ServerContext, call: () => Promise<CallToolResult>): Promise<CallToolResult> {
    const { signal } = context.mcpReq;
    try {
      return await this.enter(signal, call);
    } catch (error) {
      signal.throwIfAborted();
      if (!SandpodError.isInstance(error)) throw error;
      return errorAnswer(failureLine(error));
    }
  }

  /** Runs calls one after the other, in order of arrival, so that code finds the files from earlier calls. */
  async enter<Result>(signal: AbortSignal, call: () => Promise<Result>): Promise<Result> {
    const leave = await this.#state.queue.enter(signal);
    try {
      this.#state.isUsed = true;
      return await call();
    } finally {
      leave();
    }
  }

  async #workspace(abortSignal: AbortSignal): Promise<string | undefined> {
    const { executor, sandbox } = this.options;
    return executor === undefined ? sandbox.workspace : await executor.workspace?.({ abortSignal });
  }
}

/** Removes the workspace from the start of an absolute path. Returns any other path as is. */
function relativeTo(workspace: string | undefined, path: string): string {
  if (workspace === undefined) return path;
  const base = workspace.replace(/\/*$/, '/');
  const normal = path.replace(/\/+/g, '/');
  if (normal === base || `${normal}/` === base) return '.';
  return normal.startsWith(base) ? normal.slice(base.length) : path;
}

/** Describes a failure and the next step in one line. */
export function failureLine(error: SandpodError): string {
  return `${error.code}: ${cleanLine(error.message)} ${cleanLine(error.advice)}`;
}

export function errorAnswer(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}
