import { z } from 'zod';
import { DEFAULT_KEPT_OUTPUT_BYTES, DEFAULT_TIMEOUT_MS } from '../contract/defaults.ts';
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
  /** Milliseconds for one call, all blocks together, without the start of the sandbox. Default 60 s. */
  readonly timeoutMs?: number | undefined;
  /** Language id or alias → true (run) or false (save only). Default: the policy of the language. */
  readonly policies?: Readonly<Record<string, boolean>> | undefined;
  /** Languages to add. A language with the id of a built-in language replaces it. */
  readonly languages?: readonly Language[] | undefined;
  /** Variables for every block. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Bytes kept of each stream, half from the start and half from the end. Default 1 MiB. */
  readonly keptOutputBytes?: number | undefined;
  /** True: code files with a generated name are deleted after each call. Default false. */
  readonly deleteTmpFiles?: boolean | undefined;
  /** Python functions that blocks import from the module `functionsModule`; a string is a function's source. */
  readonly functions?: readonly (string | PythonFunction)[] | undefined;
  /** Default `functions`. */
  readonly functionsModule?: string | undefined;
  /** Milliseconds for setting up the functions in a new sandbox, before the time of the first call begins. Default 5 minutes. */
  readonly functionsTimeoutMs?: number | undefined;
  /**
   * Where pip finds packages, for functions and in blocks: the URL of an index, or a directory of wheels in the sandbox.
   * Blocks can read it, so it must not contain a secret. Default: pip's configuration in the image.
   */
  readonly packageIndex?: string | undefined;
  /**
   * Milliseconds until the sandbox must be usable. Default: the provider's. It also limits attaching to a sandbox, and then finding its
   * interpreters. The default for these is 60 s.
   */
  readonly startTimeoutMs?: number | undefined;
  /** Milliseconds after which the platform removes the sandbox, whatever happens to this process; null: never. Default: the provider's. */
  readonly expiresInMs?: number | null | undefined;
  /**
   * What happens to processes that still run after the blocks of a call. `keep` (default): they keep running, for example
   * a server that a later call uses. `end`: all processes of the sandbox's user are ended. If that fails, the sandbox is replaced,
   * and the result's `stateLost` is true.
   */
  readonly leftovers?: Leftovers | undefined;
  /**
   * False: when the executor is disposed of, its processes are ended and the sandbox stays until it expires. `stop()`, `restart()` and
   * the loss of a sandbox remove it in any case. Default true.
   */
  readonly autoRemove?: boolean | undefined;
  /**
   * Uses an existing sandbox instead of creating one. `stop()` and disposal leave it running, unless `autoRemove: true` is set; with
   * `leftovers: 'end'` they end its processes. `restart()` is not supported. If the sandbox hangs, its processes are ended, and if
   * that fails, it is removed. `expiresInMs` has no effect.
   */
  readonly attachTo?: SandboxReference | undefined;
}

export interface CommandLineCodeExecutorOptions extends CommandLineOptions {
  readonly provider: SandboxProvider;
}

/** The schemas of {@link CommandLineOptions}. Spread them into the schema of a back end. */
export const commandLineOptionsShape = {
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
});

/** The options with their defaults. */
export type ResolvedOptions = z.output<typeof commandLineCodeExecutorOptionsSchema>;

/** Options that mean nothing to a provider. */
const EXECUTOR_ONLY = [
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

/** Options that executor and provider both need. Variables of a language would replace those of a machine. */
const SHARED: readonly string[] = ['autoRemove', 'env', 'startTimeoutMs'];

/**
 * Separates the options of a back end's executor into the options of the executor itself and those of its provider.
 *
 * Pass it what {@link resolveOnce} returned for the back end's schema: neither part is then validated again.
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

/** @throws {SandpodError} `invalid-options`; `unsupported` if the options need sandboxes that outlive this process. */
export function resolveOptions(options: CommandLineCodeExecutorOptions): ResolvedOptions {
  const resolved = resolveOnce(commandLineCodeExecutorOptionsSchema, options, 'executor');
  const { attachTo, autoRemove, provider } = resolved;
  if ((attachTo !== undefined || autoRemove === false) && !provider.capabilities.attach) throw dieWithProcess(provider, attachTo);
  return resolved;
}

function dieWithProcess(provider: SandboxProvider, attachTo: SandboxReference | undefined): SandpodError {
  const option = attachTo === undefined ? 'autoRemove: false' : 'attachTo';
  return new SandpodError({
    code: 'unsupported',
    message: `The sandboxes of ${provider.name} end with this process, so they cannot be used with ${option}.`,
    advice: `Leave out ${option}, or use a back end whose sandboxes outlive the process, for example Docker or Kubernetes.`,
  });
}
