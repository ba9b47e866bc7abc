import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server';
import { type SandboxFiles, SandpodError } from '@sandpod/core';
import { FifoQueue } from '@sandpod/core/backend';
import { cleanLine } from '../shared/index.ts';
import type { ValidMcpOptions } from './mcp-server-options.ts';

/** Over HTTP, each request is handled by a separate server. All servers that share a workspace use the same queue. */
const queues = new WeakMap<object, FifoQueue>();

function queueOf(workspace: object): FifoQueue {
  const queue = queues.get(workspace) ?? new FifoQueue();
  queues.set(workspace, queue);
  return queue;
}

/** Maximum time limit for a file operation in milliseconds. MCP clients stop waiting after 60 s, and a read takes two operations. */
const FILE_OPERATION_MS = 20_000;

/** The executor or sandbox that the tools of a server use, and its queue. */
export class ToolTarget {
  readonly options: ValidMcpOptions;
  readonly #queue: FifoQueue;

  constructor(options: ValidMcpOptions) {
    this.options = options;
    this.#queue = queueOf(options.executor ?? options.sandbox);
  }

  get files(): SandboxFiles | undefined {
    return this.options.executor === undefined ? this.options.sandbox : this.options.executor.files;
  }

  /** Time limit for a file operation in milliseconds. Without it, a guest that stops an operation would also stop the next calls. */
  get fileTimeoutMs(): number {
    return Math.min(this.options.timeoutMs ?? FILE_OPERATION_MS, FILE_OPERATION_MS);
  }

  /**
   * Runs calls one after the other, in order of arrival, so that code finds the files from earlier calls. Invalid arguments and platform
   * failures become error results. Aborts are thrown. Any other error is a bug and is also thrown.
   */
  async enter({ mcpReq: { signal } }: ServerContext, call: () => Promise<CallToolResult>): Promise<CallToolResult> {
    const leave = await this.#queue.enter(signal);
    try {
      return await call();
    } catch (error) {
      signal.throwIfAborted();
      if (!SandpodError.isInstance(error)) throw error;
      return errorAnswer(`${error.code}: ${cleanLine(error.message)} ${cleanLine(error.advice)}`);
    } finally {
      leave();
    }
  }
}

export function errorAnswer(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}
