import type { SandboxCapabilities } from './capabilities.ts';
import type { Sandbox } from './sandbox.ts';

/** A step of a start that may take long. */
export interface ProgressEvent {
  /** Machine-readable step, for example `creating`, `pulling`, `starting`, `ready`. */
  readonly phase: string;
  /** One line for people. */
  readonly message: string;
  /** Between 0 and 1, where known. */
  readonly fraction?: number;
}
export type OnProgress = (event: ProgressEvent) => void;

export interface CreateOptions {
  /** A name of the caller's; two live sandboxes of one provider cannot share it. Default: made up. */
  readonly id?: string | undefined;
  /** Milliseconds until the sandbox must be usable. Default 60 s. */
  readonly startTimeoutMs?: number | undefined;
  /** Milliseconds after which the platform removes the sandbox, whatever happens to this process. Default 1 h. */
  readonly expiresInMs?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

export interface AttachOptions {
  readonly id: string;
  readonly abortSignal?: AbortSignal | undefined;
}

export interface SandboxInfo {
  readonly id: string;
  readonly createdMs: number;
  /** Absent where the platform has no expiry. */
  readonly expiresMs?: number;
  readonly state: 'starting' | 'running' | 'ended';
}

export interface SweepOptions {
  /** True: only report what would be removed. */
  readonly dryRun?: boolean | undefined;
  /** Remove also what has not expired, when it is older than this many milliseconds. */
  readonly olderThanMs?: number | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

export interface SweepReport {
  readonly removed: readonly string[];
  readonly kept: readonly string[];
  /** Things that could not be removed, with the reason. */
  readonly failed: readonly { readonly id: string; readonly reason: string }[];
}

/** What a provider is and where it deviates from the secure defaults. */
export interface Description {
  readonly backend: string;
  /** Names and versions of what stands behind it. */
  readonly versions: Readonly<Record<string, string>>;
  /** One sentence for each protection that is off or weaker than the default. Empty: nothing is loose. */
  readonly weaknesses: readonly string[];
  /** Other facts worth knowing, for example which configuration file was used. */
  readonly notes: readonly string[];
}

/** Makes, finds and forgets sandboxes of one kind. Building one does no I/O. */
export interface SandboxProvider {
  readonly name: string;
  readonly capabilities: SandboxCapabilities;
  /** @throws {SandpodError} when the platform cannot start it; nothing is left behind. */
  create(options?: CreateOptions): Promise<Sandbox>;
  /** @throws {SandpodError} `sandbox-not-found`, or `unsupported` where sandboxes live and die with this process. */
  attach(options: AttachOptions): Promise<Sandbox>;
  list(): AsyncIterable<SandboxInfo>;
  /** Removes what has expired or lost its owner. */
  sweep(options?: SweepOptions): Promise<SweepReport>;
  describe(): Description;
}
