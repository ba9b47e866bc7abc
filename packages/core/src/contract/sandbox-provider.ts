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
  /**
   * The caller's name for the sandbox: 1 to 40 lower-case letters, digits or `-`. Two live sandboxes cannot share it, also not
   * those of two processes. Default: none; the platform always assigns an `id` of its own.
   */
  readonly name?: string | undefined;
  /**
   * Up to 16 labels, by which `list()` selects. Keys: 1 to 40 lower-case letters, digits, `-`, `.`, `_`, starting and ending with a
   * letter or digit; values: up to 63 letters, digits, `-`, `.`, `_`, starting and ending with a letter or digit, or empty. They cannot be changed.
   */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** True: the sandbox has no owner yet; `claim()` assigns it to exactly one. Default false. */
  readonly isClaimable?: boolean | undefined;
  /** Milliseconds until the sandbox must be usable. Default 60 s. */
  readonly startTimeoutMs?: number | undefined;
  /** Milliseconds after which the platform removes the sandbox, whatever happens to this process; null: never, where the platform allows it. Default 1 h. */
  readonly expiresInMs?: number | null | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

/** Names one sandbox: by the platform's id or by the caller's name. */
export type SandboxReference = { readonly id: string; readonly name?: undefined } | { readonly name: string; readonly id?: undefined };

export type AttachOptions = SandboxReference & { readonly abortSignal?: AbortSignal | undefined };

export interface ClaimOptions {
  readonly id: string;
  /** The name that the sandbox gets. Default: none. */
  readonly name?: string | undefined;
  /** Milliseconds from now until it expires. Default: its expiry stays. */
  readonly expiresInMs?: number | null | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

export interface ListOptions {
  /** Only sandboxes that have all of these labels. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly abortSignal?: AbortSignal | undefined;
}

export interface SandboxInfo {
  readonly id: string;
  readonly name?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Created with `isClaimable` and not claimed yet. */
  readonly isClaimable: boolean;
  readonly createdMs: number;
  /** Milliseconds since the epoch; absent: never. */
  readonly expiresMs?: number;
  readonly state: 'starting' | 'running' | 'paused' | 'ended';
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

/**
 * Creates, finds and removes sandboxes of one kind. Building a provider does no I/O; disposing of it closes its connections to the platform
 * and leaves sandboxes alone.
 */
export interface SandboxProvider extends AsyncDisposable {
  readonly name: string;
  readonly capabilities: SandboxCapabilities;
  /** @throws {SandpodError} when the platform cannot start it; nothing is left behind. */
  create(options?: CreateOptions): Promise<Sandbox>;
  /** @throws {SandpodError} `sandbox-not-found`, or `unsupported` where sandboxes live and die with this process. */
  attach(options: AttachOptions): Promise<Sandbox>;
  /**
   * Takes a sandbox that was created with `isClaimable`. Of many callers at once, in any number of processes, exactly one gets it;
   * the others get undefined. No process from before the claim lives on. Present where `capabilities.attach` is true.
   *
   * @throws {SandpodError} `sandbox-not-found` when no living sandbox has this id; `sandbox-exists` when the name is taken.
   */
  claim?(options: ClaimOptions): Promise<Sandbox | undefined>;
  /** Continues a paused sandbox. Present where `capabilities.pause` is true. */
  resume?(options: { readonly id: string; readonly abortSignal?: AbortSignal | undefined }): Promise<Sandbox>;
  list(options?: ListOptions): AsyncIterable<SandboxInfo>;
  /** Removes what has expired or lost its owner. */
  sweep(options?: SweepOptions): Promise<SweepReport>;
  describe(): Description;
}
