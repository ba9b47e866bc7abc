import { revealFormat } from '../text/hidden-characters.ts';
import { ERROR_CODES, type ErrorCode } from './error-codes.ts';

const marker = Symbol.for('sandpod.error');

export interface SandpodErrorOptions {
  readonly code: ErrorCode;
  readonly message: string;
  readonly cause?: unknown;
  /** Advice on what the caller can do next. Default: the advice for the code. */
  readonly advice?: string;
  readonly isRetryable?: boolean;
  /** Machine-readable facts, such as ids, names and the given values. Must not contain secrets. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** An error that the caller or the platform caused. It has a stable code and advice. If guest code fails, you get a result instead. */
export class SandpodError extends Error {
  readonly code: ErrorCode;
  readonly advice: string;
  readonly isRetryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;
  override readonly name: string = 'SandpodError';

  constructor(options: SandpodErrorOptions) {
    // Messages contain names that guests or models chose.
    super(revealFormat(options.message), options.cause === undefined ? undefined : { cause: options.cause });
    const known = ERROR_CODES[options.code];
    this.code = options.code;
    this.advice = options.advice ?? known.advice;
    this.isRetryable = options.isRetryable ?? known.isRetryable;
    this.details = options.details ?? {};
    Object.defineProperty(this, marker, { value: true });
  }

  /** Like `instanceof`, but also recognizes an error from another copy of this package. */
  static isInstance(value: unknown): value is SandpodError {
    return typeof value === 'object' && value !== null && marker in value;
  }

  toJSON(): {
    name: string;
    code: ErrorCode;
    message: string;
    advice: string;
    isRetryable: boolean;
    details: Readonly<Record<string, unknown>>;
  } {
    const { name, code, message, advice, isRetryable, details } = this;
    return { name, code, message, advice, isRetryable, details };
  }
}
