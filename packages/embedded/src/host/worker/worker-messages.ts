import type { MessagePort } from 'node:worker_threads';
import type { FileRequest } from '../../files/file-request.ts';
import type { GuestExit } from '../../guest/guest-contract.ts';
import type { ProgramModules, ProgramName } from '../programs.ts';

/** The data that a worker thread starts with. */
export interface WorkerLink {
  /** Carries {@link FromWorker} in one direction and replies from the file service in the other. */
  readonly port: MessagePort;
  /** An Int32 that is set to 1 when a reply is waiting in `port`. */
  readonly signal: SharedArrayBuffer;
  readonly output: SharedArrayBuffer;
  readonly input: SharedArrayBuffer;
}

/** Starts the only program that a worker ever runs. */
export interface WorkerStart {
  readonly program: ProgramName;
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly memoryBytes: number;
}

export type FromWorker =
  | { readonly type: 'file'; readonly request: FileRequest }
  /** The output ring has bytes. */
  | { readonly type: 'output' }
  /** The input ring has room. */
  | { readonly type: 'input' }
  | { readonly type: 'done'; readonly exit: GuestExit };

export type ToWorker =
  /** The compiled interpreters. This message is sent before `start`. */
  | { readonly type: 'prepare'; readonly modules: ProgramModules; readonly programs: readonly ProgramName[] }
  | { readonly type: 'start'; readonly start: WorkerStart };
