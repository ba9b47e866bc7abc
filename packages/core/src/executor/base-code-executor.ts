import type { ExecutorCapabilities } from '../contract/capabilities.ts';
import type { CodeBlock } from '../contract/code-block.ts';
import type { CodeExecutor, ExecuteOptions, StartOptions } from '../contract/code-executor.ts';
import type { CodeResult } from '../contract/code-result.ts';
import type { ExecutionEvent } from '../contract/execution-event.ts';
import type { Description } from '../contract/sandbox-provider.ts';
import { ResultReader } from './result-reader.ts';

/**
 * Base class for executors. Derives `execute`, `runCode` and disposal from `start`, `stream`, `restart` and `stop`, which a subclass
 * implements.
 */
export abstract class BaseCodeExecutor implements CodeExecutor {
  abstract readonly capabilities: ExecutorCapabilities;
  abstract start(options?: StartOptions): Promise<void>;
  abstract stream(blocks: readonly CodeBlock[], options?: ExecuteOptions): AsyncIterable<ExecutionEvent>;
  abstract restart(options?: StartOptions): Promise<void>;
  abstract stop(options?: { readonly abortSignal?: AbortSignal | undefined }): Promise<void>;
  abstract describe(): Description;

  async execute(blocks: readonly CodeBlock[], options?: ExecuteOptions): Promise<CodeResult> {
    const running = new ResultReader(this.stream(blocks, options));
    for await (const _ of running);
    return running.result;
  }

  async runCode(code: string, options: ExecuteOptions & { readonly language?: string | undefined } = {}): Promise<CodeResult> {
    const { language = 'python', ...rest } = options;
    return this.execute([{ code, language }], rest);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
