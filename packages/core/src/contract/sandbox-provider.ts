import type { SandboxCapabilities } from './capabilities.ts';
import type { Environment } from './environment.ts';
import type { Sandbox } from './sandbox.ts';

/** Progress of a sandbox's start. */
export interface ProgressEvent {
  /** A short name of the step that programs can compare, for example `creating`, `pulling`, `starting` or `ready`. */
  readonly phase: string;
  /** One line for people to read. */
  readonly message: string;
  /** Progress of the step from 0 to 1, if known. */
  readonly fraction?: number;
}
export type OnProgress = (event: ProgressEvent) => void;

export interface CreateOptions {
  /**
   * A name for the sandbox: 1 to 40 lower-case letters, digits or `-`. No two live sandboxes on the platform have the same name,
   * even if different processes created them. Default: none. The platform assigns an `id` in any case.
   */
  readonly name?: string | undefined;
  /**
   * Up to 16 labels, which `list()` can filter by. They cannot be changed later. A key has 1 to 40 lower-case letters, digits, `-`, `.` or
   * `_`. A value has up to 63 letters, digits, `-`, `.` or `_`, and may be empty. Keys and non-empty values start and end with a letter or
   * digit.
   */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** If true, the sandbox has no owner until a caller takes it with `claim()`. Default false. */
  readonly isClaimable?: boolean | undefined;
  /** Milliseconds until the sandbox must be ready. Default 60 s. */
  readonly startTimeoutMs?: number | undefined;
  /**
   * Milliseconds after which the platform removes the sandbox, even if this process is gone. If null, the sandbox never expires. Not all
   * platforms support this. Default 1 h.
   */
  readonly expiresInMs?: number | null | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** Identifies a sandbox, either by the platform's id or by its name. */
export type SandboxReference = { readonly id: string; readonly name?: undefined } | { readonly name: string; readonly id?: undefined };

export type AttachOptions = SandboxReference & { readonly abortSignal?: AbortSignal | undefined };

export interface ClaimOptions {
  readonly id: string;
  /** New name of the sandbox. Default: none. */
  readonly name?: string | undefined;
  /** Milliseconds from now until the sandbox expires. Default: the expiry is not changed. */
  readonly expiresInMs?: number | null | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

export interface ListOptions {
  /** List only sandboxes that have all of these labels. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

export interface SandboxInfo {
  readonly id: string;
  readonly name?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** True if the sandbox was created with `isClaimable` and has not been claimed. */
  readonly isClaimable: boolean;
  readonly createdMs: number;
  /** Expiry in milliseconds since the epoch. Absent if the sandbox never expires. */
  readonly expiresMs?: number;
  readonly state: 'starting' | 'running' | 'paused' | 'ended';
}

export interface SweepOptions {
  /** If true, only reports the sandboxes that would be removed. */
  readonly dryRun?: boolean | undefined;
  /** If set, also removes sandboxes that have not expired but are older than this number of milliseconds. */
  readonly olderThanMs?: number | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

export interface SweepReport {
  readonly removed: readonly string[];
  readonly kept: readonly string[];
  /** Sandboxes that could not be removed, with the reason. */
  readonly failed: readonly { readonly id: string; readonly reason: string }[];
}

/** Describes a provider, including all settings that are weaker than the secure defaults. */
export interface Description {
  readonly backend: string;
  /** Maps the name of each software component in use to its version. */
  readonly versions: Readonly<Record<string, string>>;
  /** One sentence for each protection that is off or weaker than the default. */
  readonly weaknesses: readonly string[];
  /** Other useful facts, for example the path of the configuration file. */
  readonly notes: readonly string[];
  /** What programs find in a sandbox and what they do not find. Present if it is the same for all sandboxes of the back end. */
  readonly environment?: Environment;
}

/**
 * Creates, finds and removes sandboxes on one platform. The constructor does no I/O. Disposal closes connections to the platform; it
 * does not affect sandboxes.
 */
export interface SandboxProvider extends AsyncDisposable {
  readonly name: string;
  readonly capabilities: SandboxCapabilities;
  /** Creates a sandbox. @throws {SandpodError} if the platform cannot start the sandbox. In that case, nothing is left behind. */
  create(options?: CreateOptions): Promise<Sandbox>;
  /** Attaches to a sandbox. @throws {SandpodError} `sandbox-not-found`; `unsupported` if sandboxes cannot outlive this process. */
  attach(options: AttachOptions): Promise<Sandbox>;
  /**
   * Takes ownership of a sandbox that was created with `isClaimable`. If several callers try at the same time, in any number of processes,
   * exactly one caller gets the sandbox and all other callers get undefined. A claim ends all processes that were started before it.
   * Present if `capabilities.attach` is true.
   *
   * @throws {SandpodError} `sandbox-not-found` if no live sandbox has this id; `sandbox-exists` if the name is taken.
   */
  claim?(options: ClaimOptions): Promise<Sandbox | undefined>;
  /** Starts a paused sandbox again. Present if `capabilities.pause` is true. */
  resume?(options: { readonly id: string; readonly abortSignal?: AbortSignal | undefined }): Promise<Sandbox>;
  list(options?: ListOptions): AsyncIterable<SandboxInfo>;
  /** Removes sandboxes that have expired, ended or lost their owner. */
  sweep(options?: SweepOptions): Promise<SweepReport>;
  describe(): Description;
}
