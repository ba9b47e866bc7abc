import type { SandboxCapabilities } from '@sandpod/core';
import type { RequirementTable } from '../suite/conformance-test.ts';

/** Facts about a back end that the suite detects before it registers tests. */
export interface SandboxFacts {
  readonly capabilities: SandboxCapabilities;
  /** True if guests can create symbolic links. */
  readonly hasLinks: boolean;
  /** True if the sandbox has `python3`. */
  readonly hasPython: boolean;
  readonly isLarge: boolean;
  readonly hasDestroy: boolean;
  readonly hasCrash: boolean;
  /** True if `extend()` can change the expiry of a sandbox. */
  readonly canExtend: boolean;
  /** True if guests run directly on this machine, not in a container or an engine. */
  readonly sharesMachine: boolean;
}

export type SandboxRequirement =
  | 'stdin'
  | 'background'
  | 'shell-streaming'
  | 'signals'
  | 'no-signals'
  | 'attach'
  | 'no-attach'
  | 'ports'
  | 'no-ports'
  | 'expiry'
  | 'no-expiry'
  | 'contained'
  | 'real-kernel'
  | 'memory-limit'
  | 'disk-limit'
  | 'process-limit'
  | 'output-limit'
  | 'time-limit'
  | 'links'
  | 'python'
  | 'large'
  | 'destroy'
  | 'crash';

/** The requirements of tests. If a back end does not meet a requirement, the reason is printed. */
export const SANDBOX_REQUIREMENTS: RequirementTable<SandboxRequirement, SandboxFacts> = {
  stdin: ({ capabilities }) => unless(capabilities.stdin, 'the back end has no standard input'),
  background: ({ capabilities }) => unless(capabilities.backgroundProcesses, 'programs cannot start other programs'),
  'shell-streaming': ({ capabilities }) => unless(capabilities.shellStreaming, 'the output of a shell line arrives only at its end'),
  signals: ({ capabilities }) => unless(capabilities.signals, 'the back end has no signals'),
  'no-signals': ({ capabilities }) => unless(!capabilities.signals, 'the back end has signals'),
  ports: ({ capabilities }) => unless(capabilities.ports, 'the back end cannot connect to a port in a sandbox'),
  'no-ports': ({ capabilities }) => unless(!capabilities.ports, 'the back end can connect to a port in a sandbox'),
  // A sandbox that outlives its client must have an expiry that can be changed.
  expiry: ({ canExtend, capabilities }) => unless(canExtend || capabilities.attach, 'the back end cannot change the expiry of a sandbox'),
  'no-expiry': ({ canExtend, capabilities }) =>
    unless(!canExtend && !capabilities.attach, 'the back end can change the expiry of a sandbox'),
  contained: ({ sharesMachine }) => unless(!sharesMachine, 'guests run directly on this machine, and the program would damage it'),
  attach: ({ capabilities }) => unless(capabilities.attach, 'sandboxes end with the process that created them'),
  'no-attach': ({ capabilities }) => unless(!capabilities.attach, 'the back end can attach'),
  'real-kernel': ({ capabilities }) => unless(capabilities.kernel === 'real', 'there is no kernel inside: no users, capabilities or /proc'),
  'memory-limit': ({ capabilities }) => unless(capabilities.enforces.includes('memory'), 'the back end does not limit memory'),
  'disk-limit': ({ capabilities }) => unless(capabilities.enforces.includes('disk'), 'the back end does not limit the workspace'),
  'process-limit': ({ capabilities }) => unless(capabilities.enforces.includes('processes'), 'the back end does not limit processes'),
  'output-limit': ({ capabilities }) => unless(capabilities.enforces.includes('output'), 'the back end does not limit output'),
  'time-limit': ({ capabilities }) => unless(capabilities.enforces.includes('time'), 'the back end does not limit time'),
  python: ({ hasPython }) => unless(hasPython, 'the sandbox has no python3'),
  links: ({ hasLinks }) => unless(hasLinks, 'guests cannot create symbolic links'),
  large: ({ isLarge }) => unless(isLarge, 'the option "large" is not set'),
  destroy: ({ hasDestroy }) => unless(hasDestroy, 'the suite cannot destroy a sandbox from outside (option "destroy")'),
  crash: ({ hasCrash }) => unless(hasCrash, 'the suite has no client to crash (option "crash")'),
};

function unless(isMet: boolean, reason: string): string | undefined {
  return isMet ? undefined : reason;
}
