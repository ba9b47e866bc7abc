import type { JSValueHandle, QuickJS } from 'quickjs-wasi';
import type { GuestContext } from '../guest/guest-contract.ts';
import type { GuestArguments } from './guest-arguments.ts';
import type { GuestValue, HostResult } from './guest-value.ts';
import type { OpenHandles } from './open-handles.ts';

/** What one run of a JavaScript program has done so far. */
export interface GuestRun {
  readonly vm: QuickJS;
  readonly context: GuestContext;
  readonly handles: OpenHandles;
  /** Code that is not in a file: `-e`, standard input. */
  readonly sources: Map<string, string>;
  /** Export names of the built-in modules. */
  readonly builtins: Readonly<Record<string, readonly string[]>>;
  /** Set by `process.exit`: the next look at the clock leaves the engine. */
  exitCode: number | undefined;
  /** The limit that an uncaught error was about. */
  limit: 'memory' | 'disk' | undefined;
  /** A file operation failed for want of space. */
  isDiskFull: boolean;
  isMainSettled: boolean;
  failure: { readonly code: string; readonly path?: string };
}

export interface OperationCall {
  readonly run: GuestRun;
  readonly given: GuestArguments;
  readonly values: readonly GuestValue[];
  /** The guest's own values, for operations that only look at their kind. */
  readonly raw: readonly JSValueHandle[];
}

/** One without a result may as well return nothing. */
export type Operation = ((call: OperationCall) => HostResult) | ((call: OperationCall) => void);
export type Operations = Readonly<Record<string, Operation>>;

/** Thrown through the engine to leave it at once; the engine is not used afterwards. */
export class ProgramExit extends Error {
  override readonly name = 'ProgramExit';
}
