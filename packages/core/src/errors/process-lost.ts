import type { LostOutcome } from '../contract/outcome.ts';

const marker = Symbol.for('sandpod.process-lost');

/** A process started but has no exit code of its own: a limit, a lost sandbox or a lost connection ended it. */
export class ProcessLost extends Error {
  override readonly name = 'ProcessLost';
  readonly outcome: LostOutcome;
  /** One sentence. */
  readonly reason: string;
  /** What `Sandbox.run` had collected; empty where the streams were the caller's. */
  readonly stdout: string;
  readonly stderr: string;

  constructor(options: {
    readonly outcome: LostOutcome;
    readonly reason: string;
    readonly stdout?: string;
    readonly stderr?: string;
    readonly cause?: unknown;
  }) {
    super(options.reason, options.cause === undefined ? undefined : { cause: options.cause });
    this.outcome = options.outcome;
    this.reason = options.reason;
    this.stdout = options.stdout ?? '';
    this.stderr = options.stderr ?? '';
    Object.defineProperty(this, marker, { value: true });
  }

  /** Like `instanceof`, but also true for an error of another copy of this package. */
  static isInstance(value: unknown): value is ProcessLost {
    return typeof value === 'object' && value !== null && marker in value;
  }
}
