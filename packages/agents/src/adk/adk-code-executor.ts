import { BaseCodeExecutor, type CodeExecutionResult, type ExecuteCodeParams } from '@google/adk';
import type { CodeExecutor, CodeResult } from '@sandpod/core';
import { cleanText, cutText, failureText, platformFailure } from '../shared/index.ts';
import { type AdkCodeExecutorOptions, type ValidAdkOptions, validateAdkOptions } from './adk-options.ts';
import { ExecutorPool } from './executor-pool.ts';
import { toArguments } from './to-arguments.ts';
import { toInputFiles } from './to-input-files.ts';
import { toLanguage } from './to-language.ts';
import { toOutputFiles } from './to-output-files.ts';

/** What ADK shows the model when code printed nothing; silence makes models run the same code again. */
const PRINTED_NOTHING = 'The code ran and printed nothing; print what you want to see.';

/**
 * The code executor of a Google ADK agent, on any executor; see {@link CodeBlockProcessor} for the blocks of answers.
 *
 * ADK takes anything on stderr for a failure, so a run that succeeded hands over both streams as stdout, and one that failed
 * always has something on stderr. An aborted run rejects with the abort's reason.
 */
export class AdkCodeExecutor extends BaseCodeExecutor implements AsyncDisposable {
  readonly #options: ValidAdkOptions;
  readonly #pool: ExecutorPool;

  /** @throws {SandpodError} `invalid-options`. */
  constructor(options: AdkCodeExecutorOptions) {
    super();
    this.#options = validateAdkOptions(options);
    this.#pool = new ExecutorPool(this.#options);
    this.stateful = this.#options.stateful;
    this.errorRetryAttempts = this.#options.errorRetryAttempts ?? this.errorRetryAttempts;
    // ADK's own processor runs every block that it finds as Python, whatever its fence says.
    this.codeBlockDelimiters = [
      ['```python\n', '\n```'],
      ['```tool_code\n', '\n```'],
    ];
  }

  override async executeCode(params: ExecuteCodeParams): Promise<CodeExecutionResult> {
    const { abortSignal } = params.invocationContext;
    abortSignal?.throwIfAborted();
    try {
      const lease = await this.#pool.acquire(sessionKey(params));
      try {
        return this.#report(await this.#run(lease.executor, params));
      } finally {
        await lease.release();
      }
    } catch (error) {
      abortSignal?.throwIfAborted();
      const failure = platformFailure(error);
      if (failure === undefined) throw error;
      return { stdout: '', stderr: failureText(failure), outputFiles: [] };
    }
  }

  /** Stops the executors that were made for sessions; one that was handed over is its owner's. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.stop();
  }

  async #run(executor: CodeExecutor, { codeExecutionInput, invocationContext }: ExecuteCodeParams): Promise<CodeResult> {
    const { code, language, inputFiles, args } = codeExecutionInput;
    const { timeoutMs, env, collectFiles } = this.#options;
    const result = await executor.execute([{ code, language: toLanguage(language, executor) }], {
      abortSignal: invocationContext.abortSignal,
      files: toInputFiles(inputFiles),
      args: toArguments(args),
      timeoutMs,
      env,
      collectFiles,
    });
    invocationContext.abortSignal?.throwIfAborted();
    return result;
  }

  #report(result: CodeResult): CodeExecutionResult {
    const outputFiles = toOutputFiles(result.files);
    const clean = (text: string): string => cutText(cleanText(text), this.#options.maxModelCharacters);
    if (result.outcome === 'ok')
      return { stdout: clean(result.output).trim() ? clean(result.output) : PRINTED_NOTHING, stderr: '', outputFiles };
    const reason = result.reason ?? `The code ended with exit code ${result.exitCode}.`;
    const lost = result.stateLost ? 'Files of earlier calls are gone.' : '';
    const stderr = [clean(result.stderr).trimEnd(), clean(reason), lost].filter(Boolean).join('\n');
    return { stdout: clean(result.stdout), stderr, outputFiles };
  }
}

/** Ids of sessions are unique for one user of one application only. */
function sessionKey({ codeExecutionInput, invocationContext }: ExecuteCodeParams): string | undefined {
  const { executionId } = codeExecutionInput;
  if (executionId === undefined) return undefined;
  const { appName, userId } = invocationContext.session;
  return JSON.stringify([appName, userId, executionId]);
}
