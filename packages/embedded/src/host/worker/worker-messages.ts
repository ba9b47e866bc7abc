import type { MessagePort } from 'node:worker_threads';
import type { FileRequest } from '../../files/file-request.ts';
import type { GuestExit } from '../../guest/guest-contract.ts';
import type { ProgramModules, ProgramName } from '../programs.ts';

/** What a worker is startTime with. */
export interface WorkerLink {
  /** Carries {@link FromWorker} one way and replies of the file service the other. */
  readonly port: MessagePort;
  /** One Int32: set to 1 when a reply waits in `port`. */
  readonly signal: SharedArrayBuffer;
  readonly output: SharedArrayBuffer;
  readonly input: SharedArrayBuffer;
}

/** The one program that a worker runs in its life. */
export interface WorkerStart {
  readonly program: ProgramName;
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly memoryBytes: number;
}

export type FromWorker =
  | { readonly type: 'file'; readonly request: FileRequest }
  /** There is output in its ring. */
  | { readonly type: 'output' }
  /** There is room in the input's ring. */
  | { readonly type: 'input' }
  | { readonly type: 'done'; readonly exit: GuestExit };

export type ToWorker =
  /** What programs need; comes before the start. */
  | { readonly type: 'prepare'; readonly modules: ProgramModules; readonly programs: readonly ProgramName[] }
  | { readonly type: 'start'; readonly start: WorkerStart };
