import { randomUUID } from 'node:crypto';
import { DEFAULT_GRACE_MS } from '../contract/defaults.ts';
import type { RunOptions, RunResult } from '../contract/process.ts';
import type { Sandbox } from '../contract/sandbox.ts';
import type { OnProgress } from '../contract/sandbox-provider.ts';
import { abortable } from '../control/abortable.ts';
import { settlesWithin } from '../control/settles-within.ts';
import { ProcessLost } from '../errors/process-lost.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { composeModule } from './compose-module.ts';
import { functionsFailed } from './functions-failed.ts';
import { adviceOnPackages, installArguments, installFailed, noPip } from './install-packages.ts';
import { CHECK_SCRIPT, readCheck } from './load-check.ts';
import { PACKAGES_DIRECTORY } from './package-environment.ts';
import type { PythonFunction } from './python-function.ts';

/** Milliseconds to wait, after the time limit and the grace period, for the sandbox to end a step. */
const OUTER_MARGIN_MS = 6_000;
const KEPT_OUTPUT_BYTES = 16 * 1024;
/** The directory in which Python stores the compiled modules of the workspace. */
const CACHE = '__pycache__';

export interface FunctionsSetupOptions {
  readonly functions: readonly (string | PythonFunction)[];
  readonly moduleName: string;
  readonly packageIndex: string | undefined;
  readonly timeoutMs: number;
}

interface Target {
  readonly sandbox: Sandbox;
  /** The command that starts Python in the sandbox. Undefined if the sandbox has no Python. */
  readonly python: readonly [string, ...string[]] | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly abortSignal: AbortSignal;
  readonly onProgress: OnProgress;
  /** Discards the sandbox. Called if the sandbox does not answer. */
  discard(): void;
}

/** Makes functions importable in sandboxes. Sets up each sandbox only once. If the setup fails, the next call tries again. */
export class FunctionsSetup {
  readonly #options: FunctionsSetupOptions;
  readonly #packages: readonly string[];
  /** Maps each sandbox to the PYTHONPATH of its image. */
  readonly #ready = new WeakMap<Sandbox, string>();

  constructor(options: FunctionsSetupOptions) {
    this.#options = options;
    this.#packages = [...new Set(options.functions.flatMap((each) => (typeof each === 'string' ? [] : (each.pythonPackages ?? []))))];
  }

  /**
   * Sets up the functions in a sandbox, unless this was already done. Use it for only one call at a time.
   *
   * @throws {SandpodError} `functions-failed` or `unsupported`. If the signal aborts, throws the abort reason.
   */
  async ensure(target: Target): Promise<void> {
    const { sandbox } = target;
    if (this.#options.functions.length === 0 || this.#ready.has(sandbox)) return;
    this.#ready.set(sandbox, await this.#setUp(target));
  }

  /** Returns the PYTHONPATH entries for blocks. The list is empty if there are no functions. Call {@link ensure} first. */
  pythonPath(sandbox: Sandbox): readonly string[] {
    const ownPath = this.#ready.get(sandbox);
    if (ownPath === undefined) return [];
    return [sandbox.workspace, `${sandbox.workspace}/${PACKAGES_DIRECTORY}`, ...(ownPath === '' ? [] : [ownPath])];
  }

  /**
   * Writes the module again if its file in the sandbox differs. Another executor in the same sandbox may have written a module with the
   * same name.
   */
  async restore({ sandbox, abortSignal }: Pick<Target, 'sandbox' | 'abortSignal'>): Promise<void> {
    if (!this.#ready.has(sandbox)) return;
    const { path, content } = this.#file();
    const present = await sandbox.readBinaryFile({ path, maxBytes: content.byteLength, abortSignal }).catch(() => undefined);
    abortSignal.throwIfAborted();
    if (present != null && content.equals(present)) return;
    await sandbox.writeBinaryFile({ path, content, abortSignal });
    // Python would use the compiled form of an earlier module that has the same size and was written in the same second.
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
    target.onProgress({ phase: 'functions', message: `Loading the functions from the module ${moduleName}.` });
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
    // Does not run in the workspace, because a file there could replace one of pip's modules.
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
      throw new SandpodError({ code: 'unsupported', message: 'The functions need Python, but the sandbox has no Python.' });
    const timeoutMs = Math.max(1, Math.ceil(deadlineMs - performance.now()));
    const outer = AbortSignal.timeout(timeoutMs + (sandbox.graceMs ?? DEFAULT_GRACE_MS) + OUTER_MARGIN_MS);
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
      if (abortSignal.aborted && !(await settlesWithin(running))) target.discard();
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
    return functionsFailed(`Setting up the functions${packages} took longer than the limit of ${timeoutMs} ms (functionsTimeoutMs).`, {
      cause,
      isRetryable: true,
      advice: `Raise functionsTimeoutMs.${packages === '' ? '' : ` ${adviceOnPackages(packageIndex)}`}`,
    });
  }
}
