/** The first frame that the parent sends. */
export interface ConfigureHeader {
  readonly type: 'configure';
  readonly memoryBytes: number;
  readonly workspaceBytes: number;
  readonly outputBytes: number;
  readonly processes: number;
  /** Milliseconds from now, or null for no expiry. */
  readonly expiresInMs: number | null;
  readonly env: Readonly<Record<string, string>>;
}

export interface SpawnRequest {
  readonly operation: 'spawn';
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly timeoutMs?: number | undefined;
  readonly outputBytes?: number | undefined;
  readonly stdin: boolean;
}

export interface PathRequest {
  readonly operation: 'read' | 'write' | 'stat' | 'list' | 'delete';
  readonly path: string;
}

export interface ProgramsRequest {
  readonly operation: 'programs';
  readonly names: readonly string[];
}

/** Replaces the expiry of the sandbox. */
export interface ExtendRequest {
  readonly operation: 'extend';
  /** Milliseconds from now, or null for no expiry. */
  readonly expiresInMs: number | null;
}

/** Requests the end of all runs. The child process answers once all runs have ended. */
export interface EndProcessesRequest {
  readonly operation: 'end-processes';
}

export type CallRequest = SpawnRequest | PathRequest | ProgramsRequest | ExtendRequest | EndProcessesRequest;

/** Headers of frames to the child process. Only `data` frames have a payload. The parent assigns the ids of calls. */
export type ToChild =
  | ConfigureHeader
  | { readonly type: 'call'; readonly id: number; readonly request: CallRequest }
  | { readonly type: 'data'; readonly id: number }
  | { readonly type: 'end'; readonly id: number }
  | { readonly type: 'credit'; readonly id: number; readonly bytes: number }
  | { readonly type: 'cancel'; readonly id: number };

/** Headers of frames to the parent process. Only `data` frames have a payload. `result` and `failure` end a call. */
export type ToParent =
  | { readonly type: 'ready' }
  | { readonly type: 'started'; readonly id: number }
  | { readonly type: 'data'; readonly id: number; readonly stream?: 'stdout' | 'stderr' }
  | { readonly type: 'credit'; readonly id: number; readonly bytes: number }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly code: string; readonly message: string };
