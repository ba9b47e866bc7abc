import type { CodeExecutor, ExecutorCapabilities, LimitName } from '@sandpod/core';
import { runnableLanguages } from './code-input-schema.ts';

export interface DescribeExecutorOptions {
  /** The time limit of one call, where the tool sets one. */
  readonly timeoutMs?: number | undefined;
}

/** What a model should know about the place its code runs in; written from the executor's capabilities at this moment. */
export function describeExecutor(executor: CodeExecutor, options: DescribeExecutorOptions = {}): string {
  const { capabilities } = executor;
  return [
    'Runs code in an isolated sandbox and returns what it prints.',
    describeLanguages(executor),
    STATE[capabilities.state],
    capabilities.richResults
      ? 'The value of the last expression and displayed figures are returned too.'
      : 'The value of the last expression is not returned: print what you want to see.',
    capabilities.files ? 'Write files below the working directory, with relative paths; images written there can be shown.' : '',
    NETWORK[capabilities.network],
    'The code gets no answer to prompts on standard input.',
    'Check that a package is installed before you rely on it; only the standard library is certain.',
    describeLimits(capabilities, options.timeoutMs),
  ]
    .filter(Boolean)
    .join(' ');
}

const STATE: Readonly<Record<ExecutorCapabilities['state'], string>> = {
  none: 'Each call starts from nothing: no file and no variable of an earlier call is there.',
  files: 'Each call is a new process: files in the working directory stay for later calls, variables and imports do not.',
  kernel: 'Calls share one session: variables, imports and files stay for later calls.',
};

const NETWORK: Readonly<Record<ExecutorCapabilities['network'], string>> = {
  none: 'There is no network: nothing can be downloaded or installed.',
  closed: 'The network is closed unless it was opened on purpose: expect downloads to fail.',
  open: 'The network can be reached.',
};

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
  if (languages.length === 0) return 'No language can be run at the moment.';
  const { versions } = executor.describe();
  const names = languages.map((id) => (versions[id] === undefined ? id : `${id} ${versions[id]}`));
  return `Languages: ${names.join(', ')}.`;
}

function describeLimits({ enforces }: ExecutorCapabilities, timeoutMs: number | undefined): string {
  if (enforces.length === 0 && timeoutMs === undefined) return '';
  const time = timeoutMs === undefined ? LIMITS.time : `time (${timeoutMs / 1_000} s per call)`;
  const others = enforces.filter((name) => name !== 'time').map((name) => LIMITS[name]);
  return `Limited: ${[...(timeoutMs !== undefined || enforces.includes('time') ? [time] : []), ...others].join(', ')}.`;
}
