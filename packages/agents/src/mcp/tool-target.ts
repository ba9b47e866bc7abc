import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server';
import { type SandboxFiles, SandpodError } from '@sandpod/core';
import { FifoQueue } from '@sandpod/core/backend';
import { cleanLine } from '../shared/index.ts';
import type { ValidMcpOptions } from './mcp-server-options.ts';

/** Over HTTP there is one server for each request; all that share a workspace wait in one queue. */
const queues = new WeakMap<object, FifoQueue>();

function queueOf(workspace: object): FifoQueue {
  const queue = queues.get(workspace) ?? new FifoQueue();
  queues.set(workspace, queue);
  return queue;
}

/** What the tools of one server work on. */
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

  /**
   * One call after the other, in the order in which they came, so that code finds the file that was written before it.
   * A mistake of the caller and a failure of the platform are answers; an abort is thrown, and anything else is a bug.
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
