import type { JSValueHandle, QuickJS } from 'quickjs-wasi';
import type { GuestContext } from '../guest/guest-contract.ts';
import type { GuestArguments } from './guest-arguments.ts';
import type { GuestValue, HostResult } from './guest-value.ts';
import type { OpenHandles } from './open-handles.ts';

/** The state of one run of a JavaScript program. */
export interface GuestRun {
  readonly vm: QuickJS;
  readonly context: GuestContext;
  readonly handles: OpenHandles;
  /** Code that does not come from a file, but from `-e` or standard input. */
  readonly sources: Map<string, string>;
  /** The names that each built-in module exports. */
  readonly builtins: Readonly<Record<string, readonly string[]>>;
  /** Set by `process.exit`. When the engine next reads the clock, an exception unwinds the engine. */
  exitCode: number | undefined;
  /** The limit that caused an uncaught error. */
  limit: 'memory' | 'disk' | undefined;
  /** True after a file operation failed because the disk was full. */
  isDiskFull: boolean;
  isMainSettled: boolean;
  failure: { readonly code: string; readonly path?: string };
}

export interface OperationCall {
  readonly run: GuestRun;
  readonly given: GuestArguments;
  readonly values: readonly GuestValue[];
  /** Handles to the guest's values, for operations that only check the kind of a value. */
  readonly raw: readonly JSValueHandle[];
}

/** An operation of the host. An operation without a result may return nothing. */
export type Operation = ((call: OperationCall) => HostResult) | ((call: OperationCall) => void);
export type Operations = Readonly<Record<string, Operation>>;

/** Thrown to unwind the engine immediately. The engine is not used after that. */
export class ProgramExit extends Error {
  override readonly name = 'ProgramExit';
}
