import type { ExecutorCapabilities } from '../contract/capabilities.ts';
import type { CodeBlock } from '../contract/code-block.ts';
import type { ExecuteOptions, StartOptions } from '../contract/code-executor.ts';
import type { CodeResult } from '../contract/code-result.ts';
import type { ExecutionEvent } from '../contract/execution-event.ts';
import type { SandboxFiles } from '../contract/files.ts';
import type { Description, ProgressEvent } from '../contract/sandbox-provider.ts';
import { CallControl, cancelledByCaller } from '../control/call-control.ts';
import { EventChannel } from '../control/event-channel.ts';
import { abortable, FifoQueue } from '../control/fifo-queue.ts';
import { type FunctionsPromptOptions, formatFunctionsForPrompt } from '../functions/format-functions-for-prompt.ts';
import { FunctionsSetup } from '../functions/functions-setup.ts';
import { packageEnvironment } from '../functions/package-environment.ts';
import { BUILTIN_LANGUAGES } from '../languages/builtin-languages.ts';
import { LanguageRegistry } from '../languages/language-registry.ts';
import { validateOptions } from '../options/validate-options.ts';
import { filesOver } from '../sandbox/files-over.ts';
import { BaseCodeExecutor } from './base-code-executor.ts';
import { endedByCause } from './block-ending.ts';
import { Call } from './call.ts';
import { type CommandLineCodeExecutorOptions, commandLineCodeExecutorOptionsSchema, type ResolvedOptions } from './command-line-options.ts';
import { describeCapabilities } from './describe-capabilities.ts';
import { runCall } from './run-call.ts';
import { openSession, type Session } from './session.ts';
import { SessionKeeper } from './session-keeper.ts';
import { validateCall } from './validate-call.ts';

/** Runs code blocks as files and processes of one sandbox, whichever provider makes it. Building one does no I/O. */
export class CommandLineCodeExecutor extends BaseCodeExecutor {
  readonly files: SandboxFiles;
  readonly #options: ResolvedOptions;
  readonly #registry: LanguageRegistry;
  readonly #keeper: SessionKeeper;
  readonly #functions: FunctionsSetup;
  readonly #queue = new FifoQueue();
  #lifetime = new AbortController();

  /** @throws {SandpodError} `invalid-options`. */
  constructor(options: CommandLineCodeExecutorOptions) {
    super();
    this.#options = validateOptions(commandLineCodeExecutorOptionsSchema, options, 'executor');
    const { languages = [], policies } = this.#options;
    const all = new LanguageRegistry(BUILTIN_LANGUAGES).withLanguages(languages).all();
    this.#registry = new LanguageRegistry(all, policies);
    this.#keeper = new SessionKeeper(async ({ onProgress, abortSignal }) => {
      const { provider, startTimeoutMs, expiresInMs } = this.#options;
      const sandbox = await provider.create({ startTimeoutMs, expiresInMs, onProgress, abortSignal });
      try {
        return await openSession({ sandbox, registry: this.#registry, abortSignal });
      } catch (error) {
        await sandbox[Symbol.asyncDispose]();
        throw error;
      }
    });
    const { functions, functionsModule, functionsTimeoutMs, packageIndex } = this.#options;
    this.#functions = new FunctionsSetup({ functions, moduleName: functionsModule, packageIndex, timeoutMs: functionsTimeoutMs });
    this.files = filesOver(async (abortSignal) => (await this.#keeper.acquire({ abortSignal })).sandbox);
  }

  get capabilities(): ExecutorCapabilities {
    return describeCapabilities({
      registry: this.#registry,
      sandbox: this.#options.provider.capabilities,
      interpreters: this.#keeper.session?.interpreters,
    });
  }

  describe(): Description {
    return this.#options.provider.describe();
  }

  /** Tells a model about the functions of this executor; empty when it has none. */
  formatFunctionsForPrompt(options: Pick<FunctionsPromptOptions, 'template'> = {}): string {
    const { functions, functionsModule } = this.#options;
    return formatFunctionsForPrompt(functions, { ...options, moduleName: functionsModule });
  }

  async start(options: StartOptions = {}): Promise<void> {
    await this.#keeper.acquire(options);
  }

  async restart(options: StartOptions = {}): Promise<void> {
    await this.stop();
    await this.start(options);
  }

  async stop(options: { readonly abortSignal?: AbortSignal | undefined } = {}): Promise<void> {
    this.#lifetime.abort();
    this.#lifetime = new AbortController();
    await abortable(this.#keeper.release(), options.abortSignal);
  }

  stream(blocks: readonly CodeBlock[], options: ExecuteOptions = {}): AsyncIterable<ExecutionEvent> {
    const valid = validateCall(blocks, options);
    return this.#generate(valid.blocks, valid.options);
  }

  async *#generate(blocks: readonly CodeBlock[], options: ExecuteOptions): AsyncGenerator<ExecutionEvent, void, void> {
    using control = new CallControl();
    control.follow(options.abortSignal, cancelledByCaller);
    control.follow(this.#lifetime.signal, () => ({ kind: 'stopped', reason: 'The executor was stopped.' }));
    const channel = new EventChannel<ExecutionEvent>();
    const producing = this.#produce({ blocks, options, control, channel }).finally(() => channel.close());
    producing.catch(() => {});
    try {
      for (let event = await channel.next(); event !== undefined; event = await channel.next()) yield event;
      await producing;
    } finally {
      control.end({ kind: 'cancelled', reason: 'The caller left the stream.', error: undefined });
      channel.abandon();
      await producing.catch(() => {});
    }
  }

  async #produce(work: {
    readonly blocks: readonly CodeBlock[];
    readonly options: ExecuteOptions;
    readonly control: CallControl;
    readonly channel: EventChannel<ExecutionEvent>;
  }): Promise<void> {
    const { blocks, options, control, channel } = work;
    let leave: (() => void) | undefined;
    try {
      leave = await this.#queue.enter(control.signal);
      const { session, pythonPath } = await this.#acquire(work);
      const stateWasLost = this.#keeper.takeStateLoss();
      const call = this.#beginCall({ session, pythonPath, options, control, channel, blockCount: blocks.length });
      const result = await runCall(call, blocks);
      const stateLost = this.#isLost(session, result) || stateWasLost;
      await channel.send({ type: 'end', result: { ...result, stateLost } });
    } catch (error) {
      if (control.cause === undefined) throw error;
      await channel.send({ type: 'end', result: neverStarted(control.cause) });
    } finally {
      leave?.();
    }
  }

  /** A session in which the functions are ready. */
  async #acquire(work: {
    readonly options: ExecuteOptions;
    readonly control: CallControl;
    readonly channel: EventChannel<ExecutionEvent>;
  }): Promise<{ readonly session: Session; readonly pythonPath: readonly string[] }> {
    const onProgress = (progress: ProgressEvent): void => {
      work.options.onProgress?.(progress);
      void work.channel.send({ type: 'status', progress });
    };
    const abortSignal = work.control.signal;
    const session = await this.#keeper.acquire({ abortSignal, onProgress });
    const { sandbox } = session;
    const discard = (): void => this.#keeper.discard(session);
    const env = { ...packageEnvironment(sandbox.workspace, this.#options.packageIndex), ...this.#options.env };
    const python = session.interpreters.get('python');
    return { session, pythonPath: await this.#functions.ensure({ sandbox, python, env, abortSignal, onProgress, discard }) };
  }

  #beginCall(parts: {
    readonly session: Session;
    readonly pythonPath: readonly string[];
    readonly blockCount: number;
    readonly options: ExecuteOptions;
    readonly control: CallControl;
    readonly channel: EventChannel<ExecutionEvent>;
  }): Call {
    const { timeoutMs, keptOutputBytes, deleteTmpFiles, packageIndex } = this.#options;
    const env = { ...packageEnvironment(parts.session.sandbox.workspace, packageIndex), ...this.#options.env };
    return new Call({
      ...parts,
      registry: this.#registry,
      env,
      timeoutMs: parts.options.timeoutMs ?? timeoutMs,
      keptOutputBytes,
      deleteTmpFiles,
      emit: (event) => parts.channel.send(event),
      discard: (session) => this.#keeper.discard(session),
    });
  }

  /** A lost session is given up at once, and this result is the one that says so. */
  #isLost(session: Session, result: Pick<CodeResult, 'outcome'>): boolean {
    if (result.outcome === 'session-lost') this.#keeper.discard(session);
    return session.lostReason !== undefined && this.#keeper.takeStateLoss();
  }
}

function neverStarted(cause: NonNullable<CallControl['cause']>): CodeResult {
  const ending = endedByCause(cause);
  return { ...ending, output: '', stdout: '', stderr: '', blocks: [], files: [], results: [], stateLost: false, durationMs: 0 };
}
