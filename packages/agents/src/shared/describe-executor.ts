import type { CodeExecutor, Environment, ExecutorCapabilities, LimitName, Limits } from '@sandpod/core';
import { runnableLanguages } from './code-input-schema.ts';

export interface DescribeExecutorOptions {
  /** Time limit for one call in milliseconds, if the tool sets a limit. */
  readonly timeoutMs?: number | undefined;
}

/** Describes the executor's current capabilities for a model that writes code. */
export function describeExecutor(executor: CodeExecutor, options: DescribeExecutorOptions = {}): string {
  const { capabilities } = executor;
  const { environment } = executor.describe();
  return [
    'Runs code in an isolated sandbox and returns its output.',
    describeLanguages(executor),
    STATE[capabilities.state],
    capabilities.richResults
      ? 'The value of the last expression and displayed figures are returned too.'
      : 'The value of the last expression is not returned: print what you want to see.',
    capabilities.files ? 'Write files with relative paths, below the working directory; images written there can be shown.' : '',
    NETWORK[networkOf(capabilities, environment)],
    'Standard input is empty: prompts get no answer.',
    environment?.summary ?? 'Before you use a package, check that it is installed; only the standard library is always available.',
    describeLimits(capabilities, { ...options, limits: environment?.limits }),
  ]
    .filter(Boolean)
    .join(' ');
}

const STATE: Readonly<Record<ExecutorCapabilities['state'], string>> = {
  none: 'Each call starts from scratch: files and variables from earlier calls are gone.',
  files: 'Each call is a new process: files in the working directory are kept for later calls, but variables and imports are not.',
  kernel: 'All calls run in the same interpreter: variables, imports and files are kept for later calls.',
};

const NETWORK: Readonly<Record<ExecutorCapabilities['network'], string>> = {
  none: 'There is no network: nothing can be downloaded or installed.',
  closed: 'The network is closed by default: expect downloads to fail.',
  open: 'Code can access the network.',
};

/** Returns the network as the environment describes it, because an option can open or close the network of a back end. */
function networkOf({ network }: ExecutorCapabilities, environment: Environment | undefined): ExecutorCapabilities['network'] {
  if (network !== 'closed' || environment === undefined) return network;
  return environment.lacks.some(({ kind, names }) => kind === 'feature' && names.includes('network')) ? 'none' : 'open';
}

const LIMITS: Readonly<Record<LimitName, string>> = {
  time: 'time',
  cpu: 'CPU',
  memory: 'memory',
  processes: 'number of processes',
  disk: 'disk space',
  output: 'amount of output',
};

function describeLanguages(executor: CodeExecutor): string {
  const languages = runnableLanguages(executor);
  if (languages.length === 0) return 'No language can be run right now.';
  const { versions } = executor.describe();
  const names = languages.map((id) => (versions[id] === undefined ? id : `${id} ${versions[id]}`));
  return `Languages: ${names.join(', ')}.`;
}

function describeLimits(
  { enforces }: ExecutorCapabilities,
  { timeoutMs, limits }: DescribeExecutorOptions & { readonly limits: Limits | undefined },
): string {
  if (enforces.length === 0 && timeoutMs === undefined) return '';
  const numbers: Partial<Record<LimitName, string>> = {
    ...(limits && describeNumbers(limits)),
    ...(timeoutMs !== undefined && { time: `${timeoutMs / 1_000} s per call` }),
  };
  const names = new Set([...(timeoutMs === undefined ? [] : ['time' as const]), ...enforces]);
  return `Limited: ${[...names].map((name) => (numbers[name] === undefined ? LIMITS[name] : `${LIMITS[name]} (${numbers[name]})`)).join(', ')}.`;
}

const MIB = 1024 * 1024;

function describeNumbers({ cpus, memoryBytes, processes, workspaceBytes, outputBytes }: Limits): Partial<Record<LimitName, string>> {
  const inMiB = (bytes: number): string => `${Math.floor(bytes / MIB)} MiB`;
  return {
    cpu: `${cpus}`,
    memory: inMiB(memoryBytes),
    processes: `${processes}`,
    disk: inMiB(workspaceBytes),
    output: inMiB(outputBytes),
  };
}
