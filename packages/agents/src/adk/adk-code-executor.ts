import { BaseCodeExecutor, type CodeExecutionResult, type ExecuteCodeParams } from '@google/adk';
import { type CodeExecutor, type CodeResult, type Environment, SessionPool } from '@sandpod/core';
import { cleanCut, failureText, hintNote, platformFailure, shortenTraces } from '../shared/index.ts';
import { type AdkCodeExecutorOptions, type ValidAdkOptions, validateAdkOptions } from './adk-options.ts';
import { toArguments } from './to-arguments.ts';
import { toInputFiles } from './to-input-files.ts';
import { toLanguage } from './to-language.ts';
import { toOutputFiles } from './to-output-files.ts';

/** Shown to the model if the code printed nothing: models tend to run the same code again if they see no output. */
const PRINTED_NOTHING = 'The code ran and printed nothing; print what you want to see.';

/**
 * Runs the code of a Google ADK agent on any executor. To run the code blocks in a model's answers, use {@link CodeBlockProcessor}.
 *
 * ADK treats any text on stderr as a failure. A successful run therefore returns both streams as stdout, and a failed run always returns
 * text on stderr. An aborted run rejects with the abort's reason.
 */
export class AdkCodeExecutor extends BaseCodeExecutor implements AsyncDisposable {
  readonly #options: ValidAdkOptions;
  readonly #pool: SessionPool<CodeExecutor>;

  /** @throws {SandpodError} `invalid-options`. */
  constructor(options: AdkCodeExecutorOptions) {
    super();
    this.#options = validateAdkOptions(options);
    const { idleMs, maxSessions } = this.#options;
    this.#pool = new SessionPool({ open: () => this.#createExecutor(), close: (executor) => executor.stop(), idleMs, maxSessions });
    this.stateful = this.#options.stateful;
    this.errorRetryAttempts = this.#options.errorRetryAttempts ?? this.errorRetryAttempts;
    // ADK's processor runs every block as Python, even if the fence specifies another language. So it must find only Python blocks.
    this.codeBlockDelimiters = [
      ['```python\n', '\n```'],
      ['```tool_code\n', '\n```'],
    ];
  }

  override async executeCode(params: ExecuteCodeParams): Promise<CodeExecutionResult> {
    const { abortSignal } = params.invocationContext;
    abortSignal?.throwIfAborted();
    try {
      return await this.#lend(sessionKey(params), async (executor) =>
        this.#report(await this.#run(executor, params), executor.describe().environment),
      );
    } catch (error) {
      abortSignal?.throwIfAborted();
      const failure = platformFailure(error);
      if (failure === undefined) throw error;
      return { stdout: '', stderr: failureText(failure), outputFiles: [] };
    }
  }

  /** Stops the executors created for sessions. It does not stop an executor that was passed as an option. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.stop();
  }

  /** Calls `work` with the executor from the options, with the executor of the session, or with a new executor for this call only. */
  async #lend<Result>(key: string | undefined, work: (executor: CodeExecutor) => Promise<Result>): Promise<Result> {
    if (this.#options.executor !== undefined) return work(this.#options.executor);
    if (key !== undefined) return this.#pool.use(key, work);
    const executor = await this.#createExecutor();
    try {
      return await work(executor);
    } finally {
      // A failed removal must not replace the result of the run. The platform removes the sandbox when it expires.
      await executor.stop().catch(() => {});
    }
  }

  async #createExecutor(): Promise<CodeExecutor> {
    if (this.#options.createExecutor === undefined)
      throw new Error('There is no executor, and the options do not allow creating an executor.');
    return this.#options.createExecutor();
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

  async #report(result: CodeResult, environment: Environment | undefined): Promise<CodeExecutionResult> {
    const outputFiles = await toOutputFiles(result.files);
    const clean = (text: string): string => cleanCut(text, this.#options.maxModelCharacters);
    if (result.outcome === 'ok') {
      const output = clean(result.output);
      return { stdout: output.trim() === '' ? PRINTED_NOTHING : output, stderr: '', outputFiles };
    }
    const reason = result.reason ?? `The code ended with exit code ${result.exitCode}.`;
    const lost = result.stateLost ? 'Files from earlier calls are gone.' : '';
    const hint = hintNote(result.output, { outcome: result.outcome, environment });
    const stderr = [shortenTraces(clean(result.stderr)).trimEnd(), clean(reason), hint, lost].filter(Boolean).join('\n');
    return { stdout: clean(result.stdout), stderr, outputFiles };
  }
}

/** Returns the key of the session, or undefined if the call has no session. Session ids are unique only for one user of one application. */
function sessionKey({ codeExecutionInput, invocationContext }: ExecuteCodeParams): string | undefined {
  const { executionId } = codeExecutionInput;
  if (executionId === undefined) return undefined;
  const { appName, userId } = invocationContext.session;
  return JSON.stringify([appName, userId, executionId]);
}
