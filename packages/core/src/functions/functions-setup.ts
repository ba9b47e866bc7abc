import { randomUUID } from 'node:crypto';
import type { RunOptions, RunResult } from '../contract/process.ts';
import type { Sandbox } from '../contract/sandbox.ts';
import type { OnProgress } from '../contract/sandbox-provider.ts';
import { abortable } from '../control/fifo-queue.ts';
import { settlesWithin } from '../control/settles-within.ts';
import { ProcessLost } from '../errors/process-lost.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { composeModule } from './compose-module.ts';
import { functionsFailed } from './functions-failed.ts';
import { adviceOnPackages, installArguments, installFailed, noPip } from './install-packages.ts';
import { CHECK_SCRIPT, readCheck } from './load-check.ts';
import { PACKAGES_DIRECTORY } from './package-environment.ts';
import type { PythonFunction } from './python-function.ts';

/** Time that a sandbox has, beyond the limit, to end a step itself. */
const OUTER_MARGIN_MS = 8_000;
const KEPT_OUTPUT_BYTES = 16 * 1024;
/** Where Python keeps compiled modules of the workspace. */
const CACHE = '__pycache__';

export interface FunctionsSetupOptions {
  readonly functions: readonly (string | PythonFunction)[];
  readonly moduleName: string;
  readonly packageIndex: string | undefined;
  readonly timeoutMs: number;
}

interface Target {
  readonly sandbox: Sandbox;
  /** How Python is started there; undefined where it is not found. */
  readonly python: readonly [string, ...string[]] | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly abortSignal: AbortSignal;
  readonly onProgress: OnProgress;
  /** Removes the sandbox, which does not answer. */
  discard(): void;
}

/** Makes functions importable in a sandbox, once for each sandbox; one that failed is tried again. */
export class FunctionsSetup {
  readonly #options: FunctionsSetupOptions;
  readonly #packages: readonly string[];
  /** Sandbox → its own PYTHONPATH. */
  readonly #ready = new WeakMap<Sandbox, string>();

  constructor(options: FunctionsSetupOptions) {
    this.#options = options;
    this.#packages = [...new Set(options.functions.flatMap((each) => (typeof each === 'string' ? [] : (each.pythonPackages ?? []))))];
  }

  /**
   * The directories on PYTHONPATH from which blocks import; none without functions. To be called by one call at a time.
   *
   * @throws {SandpodError} `functions-failed` or `unsupported`; the signal's reason when it was aborted.
   */
  async ensure(target: Target): Promise<readonly string[]> {
    if (this.#options.functions.length === 0) return [];
    const { sandbox } = target;
    const known = this.#ready.get(sandbox);
    if (known !== undefined) await this.#restore(target);
    const ownPath = known ?? (await this.#setUp(target));
    this.#ready.set(sandbox, ownPath);
    return [sandbox.workspace, `${sandbox.workspace}/${PACKAGES_DIRECTORY}`, ...(ownPath === '' ? [] : [ownPath])];
  }

  /** Writes the module again when it is another one: an executor that shares the sandbox may have functions of its own. */
  async #restore({ sandbox, abortSignal }: Target): Promise<void> {
    const { path, content } = this.#file();
    const present = await sandbox.readBinaryFile({ path, maxBytes: content.byteLength, abortSignal }).catch(() => undefined);
    if (present != null && content.equals(present)) return;
    await sandbox.writeBinaryFile({ path, content, abortSignal });
    // Python takes a compiled form for that of every module of this size and second.
    for (const { name } of (await sandbox.listDirectory({ path: CACHE, abortSignal })) ?? [])
      if (name.startsWith(`${this.#options.moduleName}.`)) await sandbox.deleteFile({ path: `${CACHE}/${name}`, abortSignal });
  }

  #file(): { readonly path: string; readonly content: Buffer } {
    const { moduleName, functions } = this.#options;
    return { path: `${moduleName}.py`, content: Buffer.from(composeModule(functions)) };
  }

  async #setUp(target: Target): Promise<string> {
    const { moduleName } = this.#options;
    const { workspace } = target.sandbox;
    const deadlineMs = performance.now() + this.#options.timeoutMs;
    if (this.#packages.length > 0) await this.#install(target, deadlineMs);
    target.onProgress({ phase: 'functions', message: `Loading the functions of ${moduleName}.` });
    const mark = randomUUID();
    const files = [this.#file()];
    const rest = ['-c', CHECK_SCRIPT, workspace, PACKAGES_DIRECTORY, moduleName, mark];
    const result = await this.#python(target, deadlineMs, { rest, files });
    return readCheck(result, mark);
  }

  async #install(target: Target, deadlineMs: number): Promise<void> {
    const packages = this.#packages.join(', ');
    target.onProgress({ phase: 'packages', message: `Installing ${packages}.` });
    const directory = `${target.sandbox.workspace}/${PACKAGES_DIRECTORY}`;
    // Away from the workspace, where a file could take the place of one of pip's own modules.
    const result = await this.#python(target, deadlineMs, { rest: [...installArguments(directory), ...this.#packages], cwd: '/' });
    if (result.exitCode === 0) return;
    const probe = await this.#python(target, deadlineMs, { rest: ['-c', 'import pip'], cwd: '/' });
    if (probe.exitCode !== 0) throw noPip(packages);
    throw installFailed({ packages, result, packageIndex: this.#options.packageIndex });
  }

  async #python(
    target: Target,
    deadlineMs: number,
    run: Pick<RunOptions, 'files' | 'cwd'> & { readonly rest: readonly string[] },
  ): Promise<RunResult> {
    const { sandbox, python, env } = target;
    if (python === undefined)
      throw new SandpodError({ code: 'unsupported', message: 'The functions need Python, which the sandbox does not run.' });
    const timeoutMs = Math.max(1, Math.ceil(deadlineMs - performance.now()));
    const outer = AbortSignal.timeout(timeoutMs + OUTER_MARGIN_MS);
    const abortSignal = AbortSignal.any([target.abortSignal, outer]);
    const { rest, ...options } = run;
    const running = sandbox.run({
      ...options,
      argv: [...python, ...rest],
      env,
      timeoutMs,
      abortSignal,
      keptOutputBytes: KEPT_OUTPUT_BYTES,
    });
    running.catch(() => {});
    try {
      return await abortable(running, abortSignal);
    } catch (error) {
      if (abortSignal.aborted && !(await settlesWithin(running.catch(() => {})))) target.discard();
      target.abortSignal.throwIfAborted();
      if (outer.aborted || (ProcessLost.isInstance(error) && error.outcome === 'timeout')) throw this.#timedOut(error);
      if (ProcessLost.isInstance(error))
        throw functionsFailed(`Setting up the functions failed: ${error.reason}`, { cause: error, isRetryable: true });
      throw error;
    }
  }

  #timedOut(cause: unknown): SandpodError {
    const { timeoutMs, packageIndex } = this.#options;
    const packages = this.#packages.length > 0 ? ` with their packages (${this.#packages.join(', ')})` : '';
    return functionsFailed(`Setting up the functions${packages} took longer than the ${timeoutMs} ms that are allowed.`, {
      cause,
      isRetryable: true,
      advice: `Raise functionsTimeoutMs.${packages === '' ? '' : ` ${adviceOnPackages(packageIndex)}`}`,
    });
  }
}
