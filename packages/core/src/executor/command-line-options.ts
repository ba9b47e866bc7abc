import { z } from 'zod';
import { DEFAULT_KEPT_OUTPUT_BYTES, DEFAULT_TIMEOUT_MS } from '../contract/defaults.ts';
import type { KernelProvider } from '../contract/kernel.ts';
import type { Leftovers } from '../contract/sandbox.ts';
import type { SandboxProvider, SandboxReference } from '../contract/sandbox-provider.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { functionsModuleSchema, functionsSchema, packageIndexSchema } from '../functions/functions-schema.ts';
import type { PythonFunction } from '../functions/python-function.ts';
import type { Language } from '../languages/language.ts';
import { languageSchema } from '../languages/language-schema.ts';
import { sandboxReferenceSchema } from '../options/create-options.ts';
import { isResolved, markResolved, resolveOnce } from '../options/resolve-once.ts';
import { expiresInMsSchema, leftoversSchema } from '../options/sandbox-options.ts';
import { durationMsSchema, environmentSchema } from '../options/schemas.ts';

/** Long, because installing packages is slow. */
const DEFAULT_FUNCTIONS_TIMEOUT_MS = 300_000;

/** The options of every command-line executor, on all back ends. */
export interface CommandLineOptions {
  /**
   * The state that later calls find. `files` (default): each block is a program of its own, and only the workspace is kept. `kernel`: Python
   * blocks run in an interpreter that keeps its variables, and results contain values, figures and tables.
   */
  readonly state?: 'files' | 'kernel' | undefined;
  /** Time limit in milliseconds for all blocks of a call together, excluding the start of the sandbox. Default 60 s. */
  readonly timeoutMs?: number | undefined;
  /** For each language id or alias, true to run the code or false to only save it. Default: the policy of the language. */
  readonly policies?: Readonly<Record<string, boolean>> | undefined;
  /** Languages to add. A language with the id of a built-in language replaces it. */
  readonly languages?: readonly Language[] | undefined;
  /** Environment variables for every block. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Maximum number of bytes to keep for each stream, half from its start and half from its end. Default 1 MiB. */
  readonly keptOutputBytes?: number | undefined;
  /** If true, code files with generated names are deleted after each call. Default false. */
  readonly deleteTmpFiles?: boolean | undefined;
  /** Python functions that blocks can import from the module `functionsModule`. A string is the source of a function. */
  readonly functions?: readonly (string | PythonFunction)[] | undefined;
  /** Name of the Python module that contains the functions. Default `functions`. */
  readonly functionsModule?: string | undefined;
  /** Time limit in milliseconds for setting up the functions in a new sandbox. Calls have a separate time limit. Default 5 minutes. */
  readonly functionsTimeoutMs?: number | undefined;
  /**
   * The source from which pip installs packages, both for functions and in blocks: the URL of an index, or a directory of wheels in the
   * sandbox. Blocks can read this value, so it must not contain a secret. Default: pip's configuration in the image.
   */
  readonly packageIndex?: string | undefined;
  /**
   * Time limit in milliseconds for the start of the sandbox. Default: the provider's limit. The same time limit also applies to attaching
   * to a sandbox, and again to finding its interpreters. For these steps, the default is 60 s.
   */
  readonly startTimeoutMs?: number | undefined;
  /**
   * Milliseconds until the platform removes the sandbox, even if this process is gone. If null, the sandbox never expires. Default: the
   * provider's default.
   */
  readonly expiresInMs?: number | null | undefined;
  /**
   * Determines what happens to processes that are still running after the blocks of a call. `keep` (default): they keep running, for
   * example a server that a later call uses. `end`: all processes of the sandbox's user are ended. If that fails, the sandbox is replaced,
   * and the result's `stateLost` is true.
   */
  readonly leftovers?: Leftovers | undefined;
  /**
   * If false, disposal of the executor ends its processes but keeps the sandbox until it expires. `stop()` and `restart()` always
   * remove the sandbox, and a lost sandbox is always removed. Default true.
   */
  readonly autoRemove?: boolean | undefined;
  /**
   * An existing sandbox to use instead of a new sandbox. `stop()` and disposal keep it running, unless `autoRemove` is set to true. If
   * `leftovers` is `end`, `stop()` and disposal end the processes in the sandbox. `restart()` is not supported. If the sandbox hangs, its
   * processes are ended. If that fails, the sandbox is removed. `expiresInMs` has no effect.
   */
  readonly attachTo?: SandboxReference | undefined;
}

export interface CommandLineCodeExecutorOptions extends CommandLineOptions {
  readonly provider: SandboxProvider;
  /** Starts the kernels if `state` is `kernel`. */
  readonly kernelProvider?: KernelProvider | undefined;
}

/** The schemas of {@link CommandLineOptions}. Spread them into the schema of a back end. */
export const commandLineOptionsShape = {
  state: z.enum(['files', 'kernel']).default('files'),
  timeoutMs: durationMsSchema.default(DEFAULT_TIMEOUT_MS),
  policies: z.record(z.string(), z.boolean()).optional(),
  languages: z.array(languageSchema).optional(),
  env: environmentSchema.optional(),
  keptOutputBytes: z.int().min(1024).default(DEFAULT_KEPT_OUTPUT_BYTES),
  deleteTmpFiles: z.boolean().default(false),
  functions: functionsSchema.default([]),
  functionsModule: functionsModuleSchema.default('functions'),
  functionsTimeoutMs: durationMsSchema.default(DEFAULT_FUNCTIONS_TIMEOUT_MS),
  packageIndex: packageIndexSchema.optional(),
  startTimeoutMs: durationMsSchema.optional(),
  expiresInMs: expiresInMsSchema.optional(),
  leftovers: leftoversSchema.default('keep'),
  autoRemove: z.boolean().optional(),
  attachTo: sandboxReferenceSchema.optional(),
} as const;

export const commandLineCodeExecutorOptionsSchema = z.strictObject({
  ...commandLineOptionsShape,
  provider: z.custom<SandboxProvider>((value) => typeof value === 'object' && value !== null && 'create' in value, {
    error: 'expected a SandboxProvider',
  }),
  kernelProvider: z.custom<KernelProvider>((value) => typeof value === 'object' && value !== null && 'start' in value).optional(),
});

/** The options with defaults filled in. */
export type ResolvedOptions = z.output<typeof commandLineCodeExecutorOptionsSchema>;

/** Options that a provider does not have. */
const EXECUTOR_ONLY = [
  'state',
  'timeoutMs',
  'policies',
  'languages',
  'keptOutputBytes',
  'deleteTmpFiles',
  'functions',
  'functionsModule',
  'functionsTimeoutMs',
  'packageIndex',
  'leftovers',
  'attachTo',
] as const;
type ExecutorOnly = (typeof EXECUTOR_ONLY)[number];

/** Options for both executor and provider. The executor needs `env`, because a language's variables would override the machine's. */
const SHARED: readonly string[] = ['autoRemove', 'env', 'startTimeoutMs'];

/**
 * Splits the options of a back end's executor into options for the executor itself and options for its provider.
 *
 * Pass the result of {@link resolveOnce} with the back end's schema, so that neither part is validated again.
 */
export function separateOptions<ProviderOptions extends object>(
  options: CommandLineOptions & ProviderOptions,
): { readonly forExecutor: CommandLineOptions; readonly forProvider: Omit<ProviderOptions, ExecutorOnly> } {
  const entries = Object.entries(options);
  const isExecutorOnly = ([name]: [string, unknown]): boolean => (EXECUTOR_ONLY as readonly string[]).includes(name);
  const forExecutor = Object.fromEntries(entries.filter((entry) => isExecutorOnly(entry) || SHARED.includes(entry[0])));
  const forProvider = Object.fromEntries(entries.filter((entry) => !isExecutorOnly(entry))) as Omit<ProviderOptions, ExecutorOnly>;
  return isResolved(options)
    ? { forExecutor: markResolved(forExecutor), forProvider: markResolved(forProvider) }
    : { forExecutor, forProvider };
}

/** Validates the options. @throws {SandpodError} `invalid-options`; `unsupported` if they require sandboxes that outlive this process. */
export function resolveOptions(options: CommandLineCodeExecutorOptions): ResolvedOptions {
  const resolved = resolveOnce(commandLineCodeExecutorOptionsSchema, options, 'executor');
  const { attachTo, autoRemove, provider, state, leftovers } = resolved;
  if (state === 'kernel' && resolved.kernelProvider === undefined) throw noKernels();
  if (state === 'kernel' && leftovers === 'end') throw endedKernels();
  if ((attachTo !== undefined || autoRemove === false) && !provider.capabilities.attach) throw dieWithProcess(provider, attachTo);
  return resolved;
}

function noKernels(): SandpodError {
  return new SandpodError({
    code: 'invalid-options',
    message: "kernelProvider: expected a KernelProvider with state: 'kernel', given undefined.",
  });
}

function endedKernels(): SandpodError {
  return new SandpodError({
    code: 'invalid-options',
    message: "leftovers: expected 'keep' with state: 'kernel', given 'end', which ends the interpreter after each call.",
  });
}

function dieWithProcess(provider: SandboxProvider, attachTo: SandboxReference | undefined): SandpodError {
  const option = attachTo === undefined ? 'autoRemove: false' : 'attachTo';
  return new SandpodError({
    code: 'unsupported',
    message: `The sandboxes of ${provider.name} end when this process ends, so they do not support ${option}.`,
    advice: `Leave out ${option}, or use a back end whose sandboxes outlive the process, for example Docker or Kubernetes.`,
  });
}
