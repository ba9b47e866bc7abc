import type { ExecutorCapabilities } from '../contract/capabilities.ts';
import type { CodeBlock } from '../contract/code-block.ts';
import type { CreateContextOptions, ExecuteOptions, StartOptions } from '../contract/code-executor.ts';
import type { CodeResult } from '../contract/code-result.ts';
import type { ExecutionEvent } from '../contract/execution-event.ts';
import type { SandboxFiles } from '../contract/files.ts';
import type { KernelProvider } from '../contract/kernel.ts';
import type { Description } from '../contract/sandbox-provider.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { type FunctionsPromptOptions, formatFunctionsForPrompt } from '../functions/format-functions-for-prompt.ts';
import { FunctionsSetup } from '../functions/functions-setup.ts';
import { packageEnvironment } from '../functions/package-environment.ts';
import { BUILTIN_LANGUAGES } from '../languages/builtin-languages.ts';
import { LanguageRegistry } from '../languages/language-registry.ts';
import { filesOver } from '../sandbox/files-over.ts';
import { Call } from './call.ts';
import { type CommandLineCodeExecutorOptions, type ResolvedOptions, resolveOptions } from './command-line-options.ts';
import { describeCapabilities } from './describe-capabilities.ts';
import { KernelContexts } from './kernel-contexts.ts';
import {
  type OpenSessionOptions,
  type PrepareSessionOptions,
  QueuedCodeExecutor,
  type SessionCall,
  type SessionCallResult,
} from './queued-code-executor.ts';
import { runCall } from './run-call.ts';
import { closeSandbox, openSandbox } from './sandbox-ownership.ts';
import { openSession, type Session } from './session.ts';
import type { CloseReason } from './session-keeper.ts';

/** Runs code blocks as files and processes in one sandbox. The sandbox can come from any provider. The constructor does no I/O. */
export class CommandLineCodeExecutor extends QueuedCodeExecutor<Session> {
  readonly files: SandboxFiles;
  readonly createContext?: (options?: CreateContextOptions) => Promise<{ readonly id: string }>;
  readonly deleteContext?: (options: { readonly id: string }) => Promise<boolean>;
  readonly #options: ResolvedOptions;
  readonly #registry: LanguageRegistry;
  readonly #functions: FunctionsSetup;
  readonly #contexts: KernelContexts | undefined;

  /**
   * @throws {SandpodError} `invalid-options`; `unsupported` if the options need sandboxes that outlive this process, but the provider's
   * sandboxes do not.
   */
  constructor(options: CommandLineCodeExecutorOptions) {
    const resolved = resolveOptions(options);
    super(resolved);
    this.#options = resolved;
    const { languages = [], policies, functions, functionsModule, functionsTimeoutMs, packageIndex } = resolved;
    const all = new LanguageRegistry(BUILTIN_LANGUAGES).withLanguages(languages).all();
    this.#registry = new LanguageRegistry(all, policies);
    this.#functions = new FunctionsSetup({ functions, moduleName: functionsModule, packageIndex, timeoutMs: functionsTimeoutMs });
    this.#contexts = this.#makeContexts();
    if (this.#contexts !== undefined) {
      const contexts = this.#contexts;
      this.createContext = async (given) => contexts.create(given);
      this.deleteContext = ({ id }) => this.#deleteContext(contexts, id);
    }
    this.files = filesOver(async (abortSignal) => (await this.acquireSession({ abortSignal })).sandbox, { timeoutMs: resolved.timeoutMs });
  }

  async workspace({ abortSignal }: { readonly abortSignal?: AbortSignal | undefined } = {}): Promise<string> {
    return (await this.acquireSession({ abortSignal })).sandbox.workspace;
  }

  get capabilities(): ExecutorCapabilities {
    const sandbox = this.#options.provider.capabilities;
    const hasKernels = this.#kernelProvider !== undefined;
    return describeCapabilities({ registry: this.#registry, sandbox, interpreters: this.session?.interpreters, hasKernels });
  }

  describe(): Description {
    return this.#options.provider.describe();
  }

  override stream(blocks: readonly CodeBlock[], options: ExecuteOptions = {}): AsyncIterable<ExecutionEvent> {
    if (typeof options.contextId === 'string') this.#contexts?.get(options.contextId);
    return super.stream(blocks, options);
  }

  /** Runs one block. Default language: the language of the context, or Python. */
  override async runCode(code: string, options: ExecuteOptions & { readonly language?: string | undefined } = {}): Promise<CodeResult> {
    const { contextId, language } = options;
    const ofContext = typeof contextId === 'string' ? this.#contexts?.get(contextId).language : undefined;
    return super.runCode(code, { ...options, language: language ?? ofContext });
  }

  /** Describes this executor's functions to a model. Returns an empty text if the executor has no functions. */
  formatFunctionsForPrompt(options: Pick<FunctionsPromptOptions, 'template'> = {}): string {
    const { functions, functionsModule } = this.#options;
    return formatFunctionsForPrompt(functions, { ...options, moduleName: functionsModule });
  }

  override async restart(options: StartOptions = {}): Promise<void> {
    if (this.#options.attachTo !== undefined) throw notReplaceable();
    await super.restart(options);
  }

  protected override async _openSession({ onProgress, abortSignal }: OpenSessionOptions): Promise<Session> {
    const sandbox = await openSandbox(this.#options, { onProgress, abortSignal });
    try {
      const { startTimeoutMs } = this.#options;
      return await openSession({ sandbox, registry: this.#registry, startTimeoutMs, abortSignal });
    } catch (error) {
      await closeSandbox(sandbox, { options: this.#options, reason: 'stopped' });
      throw error;
    }
  }

  protected override async _closeSession({ sandbox }: Session, reason: CloseReason): Promise<void> {
    await closeSandbox(sandbox, { options: this.#options, reason });
  }

  protected override _graceMs({ sandbox }: Session): number | undefined {
    return sandbox.graceMs;
  }

  protected override async _prepareSession({ sandbox, interpreters }: Session, options: PrepareSessionOptions): Promise<void> {
    await this.#functions.ensure({ sandbox, python: interpreters.get('python'), env: this.#environment(sandbox.workspace), ...options });
  }

  protected override async _runCall(call: SessionCall<Session>): Promise<SessionCallResult> {
    const { sandbox } = call.session;
    const { deleteTmpFiles, keptOutputBytes, leftovers } = this.#options;
    const env = this.#environment(sandbox.workspace);
    const pythonPath = this.#functions.pythonPath(sandbox);
    const kernelProvider = this.#kernelProvider;
    const { contextId } = call.options;
    const context = contextId === undefined ? undefined : this.#contexts?.get(contextId);
    const state = new Call({ call, registry: this.#registry, env, pythonPath, keptOutputBytes, kernelProvider, context });
    const result = await runCall(state, {
      blocks: call.blocks,
      deleteTmpFiles,
      endsLeftovers: leftovers === 'end' && sandbox.capabilities.backgroundProcesses,
      restoreFunctions: (abortSignal) => this.#functions.restore({ sandbox, abortSignal }),
    });
    return { ...result, stateLost: call.session.kernels.takeStateLoss() };
  }

  #makeContexts(): KernelContexts | undefined {
    const languages = this.#kernelProvider?.languages;
    return languages && new KernelContexts({ registry: this.#registry, languages });
  }

  async #deleteContext(contexts: KernelContexts, id: string): Promise<boolean> {
    if (!contexts.delete(id)) return false;
    await this.session?.kernels.remove(id);
    return true;
  }

  get #kernelProvider(): KernelProvider | undefined {
    const { state, kernelProvider } = this.#options;
    return state === 'kernel' ? kernelProvider : undefined;
  }

  #environment(workspace: string): Readonly<Record<string, string>> {
    return { ...packageEnvironment(workspace, this.#options.packageIndex), ...this.#options.env };
  }
}

function notReplaceable(): SandpodError {
  return new SandpodError({
    code: 'unsupported',
    message: 'An executor that is attached to an existing sandbox cannot replace it with a new sandbox.',
    advice: 'Call stop() and then start() to attach again, or create an executor without attachTo.',
  });
}
