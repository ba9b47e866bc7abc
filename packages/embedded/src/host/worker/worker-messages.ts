import type { MessagePort } from 'node:worker_threads';
import type { FileRequest } from '../../files/file-request.ts';
import type { GuestExit } from '../../guest/guest-contract.ts';
import type { ModuleName, ProgramModules, ProgramName } from '../programs.ts';

/** The data that a worker thread receives at its start. */
export interface WorkerLink {
  /** Carries {@link FromWorker} in one direction and replies from the file service in the other. */
  readonly port: MessagePort;
  /** An Int32 that is set to 1 when a reply is waiting in `port`. */
  readonly signal: SharedArrayBuffer;
  readonly output: SharedArrayBuffer;
  readonly input: SharedArrayBuffer;
}

/** Starts a program. A worker runs one program at a time. */
export interface WorkerStart {
  readonly program: ProgramName;
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly memoryBytes: number;
}

export type FromWorker =
  /** The interpreter is loaded, and the program begins. */
  | { readonly type: 'running' }
  | { readonly type: 'file'; readonly request: FileRequest }
  /** The output ring has bytes. */
  | { readonly type: 'output' }
  /** The input ring has room. */
  | { readonly type: 'input' }
  | { readonly type: 'done'; readonly exit: GuestExit };

/**
 * A worker's request for a compiled interpreter. The worker may send it before it has a run, so the message does not use the run's port.
 */
export interface NeedMessage {
  readonly type: 'need';
  readonly name: ModuleName;
}

/** A compiled interpreter, or the reason why it could not be compiled. */
export type ModuleMessage =
  | { readonly type: 'module'; readonly name: 'python'; readonly module: ProgramModules['python'] }
  | { readonly type: 'module'; readonly name: 'javascript'; readonly module: ProgramModules['javascript'] }
  | { readonly type: 'missing'; readonly name: ModuleName; readonly message: string };

export type ToWorker =
  /** The interpreter to load before the program to run is known, and the environment of most programs. */
  | { readonly type: 'prepare'; readonly program: ProgramName; readonly env: Readonly<Record<string, string>> }
  | ModuleMessage
  | { readonly type: 'start'; readonly start: WorkerStart };
