import type { SandboxCapabilities } from '@sandpod/core';
import type { RequirementTable } from '../suite/conformance-test.ts';

/** What the suite knows about a back end before it registers its tests. */
export interface SandboxFacts {
  readonly capabilities: SandboxCapabilities;
  /** Guests can make symbolic links. */
  readonly hasLinks: boolean;
  /** `python3` is inside. */
  readonly hasPython: boolean;
  readonly isLarge: boolean;
  readonly hasDestroy: boolean;
  readonly hasCrash: boolean;
  /** `extend()` moves the expiry of a sandbox. */
  readonly canExtend: boolean;
  /** Guests run on this machine itself, not in a container or an engine. */
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

/** What gates a test, and the reason that is printed when it keeps one from running. */
export const SANDBOX_REQUIREMENTS: RequirementTable<SandboxRequirement, SandboxFacts> = {
  stdin: ({ capabilities }) => unless(capabilities.stdin, 'the back end has no standard input'),
  background: ({ capabilities }) => unless(capabilities.backgroundProcesses, 'programs cannot start other programs'),
  'shell-streaming': ({ capabilities }) => unless(capabilities.shellStreaming, 'the output of a shell line arrives when it has ended'),
  signals: ({ capabilities }) => unless(capabilities.signals, 'the back end has no signals'),
  'no-signals': ({ capabilities }) => unless(!capabilities.signals, 'the back end has signals'),
  ports: ({ capabilities }) => unless(capabilities.ports, 'the back end cannot connect to a port of a sandbox'),
  'no-ports': ({ capabilities }) => unless(!capabilities.ports, 'the back end can connect to a port of a sandbox'),
  // A sandbox that outlives its client must have an expiry that can be moved.
  expiry: ({ canExtend, capabilities }) => unless(canExtend || capabilities.attach, 'the back end cannot move the expiry of a sandbox'),
  'no-expiry': ({ canExtend, capabilities }) => unless(!canExtend && !capabilities.attach, 'the back end can move the expiry of a sandbox'),
  contained: ({ sharesMachine }) => unless(!sharesMachine, 'guests run on this machine itself, which the program would damage'),
  attach: ({ capabilities }) => unless(capabilities.attach, 'sandboxes live and die with the process that made them'),
  'no-attach': ({ capabilities }) => unless(!capabilities.attach, 'the back end can attach'),
  'real-kernel': ({ capabilities }) => unless(capabilities.kernel === 'real', 'there is no kernel inside: no users, capabilities or /proc'),
  'memory-limit': ({ capabilities }) => unless(capabilities.enforces.includes('memory'), 'the back end does not bound memory'),
  'disk-limit': ({ capabilities }) => unless(capabilities.enforces.includes('disk'), 'the back end does not bound the workspace'),
  'process-limit': ({ capabilities }) => unless(capabilities.enforces.includes('processes'), 'the back end does not bound processes'),
  'output-limit': ({ capabilities }) => unless(capabilities.enforces.includes('output'), 'the back end does not bound output'),
  'time-limit': ({ capabilities }) => unless(capabilities.enforces.includes('time'), 'the back end does not bound time'),
  python: ({ hasPython }) => unless(hasPython, 'there is no python3 inside'),
  links: ({ hasLinks }) => unless(hasLinks, 'guests cannot make symbolic links'),
  large: ({ isLarge }) => unless(isLarge, 'only with the option "large"'),
  destroy: ({ hasDestroy }) => unless(hasDestroy, 'the suite was not told how to destroy a sandbox from outside ("destroy")'),
  crash: ({ hasCrash }) => unless(hasCrash, 'the suite was not given a client to crash ("crash")'),
};

function unless(isMet: boolean, reason: string): string | undefined {
  return isMet ? undefined : reason;
}
