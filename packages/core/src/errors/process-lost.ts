import type { LostOutcome } from '../contract/outcome.ts';

const marker = Symbol.for('sandpod.process-lost');

/** Thrown when a process started but did not exit by itself, because of a limit, a lost sandbox or a lost connection. */
export class ProcessLost extends Error {
  override readonly name = 'ProcessLost';
  readonly outcome: LostOutcome;
  /** One sentence that explains why the process ended. */
  readonly reason: string;
  /** The output that `Sandbox.run` collected. Empty if the caller read the streams itself. */
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

  /** Like `instanceof`, but also recognizes an error from another copy of this package. */
  static isInstance(value: unknown): value is ProcessLost {
    return typeof value === 'object' && value !== null && marker in value;
  }
}
