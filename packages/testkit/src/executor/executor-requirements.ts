import type { ExecutorCapabilities, SandboxCapabilities } from '@sandpod/core';
import type { RequirementTable } from '../suite/conformance-test.ts';
import type { ExecutorFactoryOption } from './executor-suite-config.ts';

/** Facts about an executor that the suite detects before it registers tests. */
export interface ExecutorFacts {
  /** The capabilities after `start()`. */
  readonly capabilities: ExecutorCapabilities;
  /** The language of the sample programs. */
  readonly guestLanguage: string;
  /** True if the sandbox's Python has pip. */
  readonly hasPip: boolean;
  /** True if guests can create symbolic links. */
  readonly hasLinks: boolean;
  readonly ignoredOptions: readonly ExecutorFactoryOption[];
  readonly hasDestroy: boolean;
  /** True if processes that a call has started continue after that call. */
  readonly hasBackground: boolean;
  /** Capabilities of the suite's `provider`. Undefined if the suite has no provider. */
  readonly sandbox: SandboxCapabilities | undefined;
}

export type ExecutorRequirement =
  | 'python'
  | 'javascript'
  | 'sh'
  | 'bash'
  | 'files'
  | 'state'
  | 'code-files'
  | 'save-only'
  | 'stdin'
  | 'streaming'
  | 'exit-code'
  | 'separate-streams'
  | 'rich-results'
  | 'links'
  | 'time-limit'
  | 'memory-limit'
  | 'disk-limit'
  | 'process-limit'
  | 'output-limit'
  | 'option-state'
  | 'option-policies'
  | 'option-timeout'
  | 'option-kept-output'
  | 'option-limits'
  | 'option-delete-tmp-files'
  | 'option-functions'
  | 'option-leftovers'
  | 'background'
  | 'attach'
  | 'no-attach'
  | 'pip'
  | 'no-pip'
  | 'typescript'
  | 'closed-network'
  | 'destroy';

/** The requirements of tests. If an executor does not meet a requirement, the reason is printed. */
export const EXECUTOR_REQUIREMENTS: RequirementTable<ExecutorRequirement, ExecutorFacts> = {
  python: runs('python'),
  javascript: runs('javascript'),
  typescript: runs('typescript'),
  sh: runs('sh'),
  bash: runs('bash'),
  files: ({ capabilities }) => unless(capabilities.files, 'the executor does not keep files'),
  state: ({ capabilities }) => unless(capabilities.state !== 'none', 'calls share no state'),
  'code-files': ({ capabilities }) => unless(capabilities.files && capabilities.state !== 'kernel', 'code is not saved in files'),
  'save-only': ({ capabilities }) =>
    unless(
      capabilities.languages.some(({ policy }) => policy === 'save'),
      'there is no language whose code is only saved',
    ),
  stdin: ({ capabilities }) => unless(capabilities.stdin, 'the back end has no standard input'),
  streaming: ({ capabilities, guestLanguage }) =>
    unless(capabilities.streaming.includes(guestLanguage), `output of ${guestLanguage} arrives only at the end`),
  'exit-code': ({ capabilities }) =>
    unless(capabilities.exitCodes, 'code runs in an interpreter that keeps running, so there are no exit codes'),
  'separate-streams': ({ capabilities }) => unless(capabilities.streams === 'separate', 'stderr arrives as part of stdout'),
  'rich-results': ({ capabilities }) => unless(capabilities.richResults, 'results contain only text'),
  links: ({ hasLinks }) => unless(hasLinks, 'guests cannot create symbolic links'),
  'time-limit': enforces('time'),
  'memory-limit': enforces('memory'),
  'disk-limit': enforces('disk'),
  'process-limit': enforces('processes'),
  'output-limit': enforces('output'),
  'option-state': has('state'),
  'option-policies': has('policies'),
  'option-timeout': has('timeoutMs'),
  'option-kept-output': has('keptOutputBytes'),
  'option-limits': has('limits'),
  'option-delete-tmp-files': has('deleteTmpFiles'),
  'option-functions': has('functions'),
  'option-leftovers': has('leftovers'),
  background: ({ hasBackground }) => unless(hasBackground, 'programs cannot start other programs'),
  attach: ({ sandbox }) =>
    sandbox === undefined
      ? 'the suite has no provider for the sandboxes (option "provider")'
      : unless(sandbox.attach, 'sandboxes end with the process that created them'),
  'no-attach': ({ sandbox }) => unless(sandbox?.attach === false, 'the back end can attach'),
  pip: ({ hasPip }) => unless(hasPip, 'the Python in the sandbox has no pip'),
  'no-pip': ({ hasPip }) => unless(!hasPip, 'the Python in the sandbox has pip'),
  'closed-network': ({ capabilities }) => unless(capabilities.network !== 'open', 'the network is open'),
  destroy: ({ hasDestroy }) => unless(hasDestroy, 'the suite cannot destroy a sandbox from outside (option "destroy")'),
};

type Requirement = (facts: ExecutorFacts) => string | undefined;

function runs(language: string): Requirement {
  return ({ capabilities }) => {
    const isRun = capabilities.languages.some(({ id, policy }) => id === language && policy === 'run');
    return unless(isRun, `the executor does not run ${language}`);
  };
}

function enforces(limit: ExecutorCapabilities['enforces'][number]): Requirement {
  return ({ capabilities }) => unless(capabilities.enforces.includes(limit), `the back end does not limit ${limit}`);
}

function has(option: ExecutorFactoryOption): Requirement {
  return ({ ignoredOptions }) => unless(!ignoredOptions.includes(option), `the executor does not have the option ${option}`);
}

function unless(isMet: boolean, reason: string): string | undefined {
  return isMet ? undefined : reason;
}
