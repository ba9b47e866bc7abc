import type { DemoErrorCode } from './api-types.ts';

const STATUS = {
  'bad-request': 400,
  forbidden: 403,
  'not-found': 404,
  'session-not-found': 404,
  'session-busy': 409,
  'upload-too-large': 413,
  'too-many-sessions': 429,
  'model-failed': 502,
  internal: 500,
} as const satisfies Readonly<Record<DemoErrorCode, number>>;

/** A failed request. The page receives the error as is. */
export class DemoFailure extends Error {
  override readonly name = 'DemoFailure';
  readonly code: DemoErrorCode;
  readonly advice: string;

  constructor(options: { readonly code: DemoErrorCode; readonly message: string; readonly advice: string }) {
    super(options.message);
    this.code = options.code;
    this.advice = options.advice;
  }

  get status(): (typeof STATUS)[DemoErrorCode] {
    return STATUS[this.code];
  }
}
