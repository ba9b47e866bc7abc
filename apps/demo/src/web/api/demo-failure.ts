import type { DemoError, ErrorDocument } from '../../api-types.ts';

/** A request that failed, with what the server said about it. */
export class DemoFailure extends Error {
  readonly code: string;
  readonly status: number;
  readonly advice: string | undefined;

  constructor(error: DemoError, status: number) {
    super(error.message);
    this.name = 'DemoFailure';
    this.code = error.code;
    this.advice = error.advice;
    this.status = status;
  }
}

/** What to show of anything thrown: the chat hands on the server's error document as the message of an Error. */
export function describeFailure(thrown: unknown): DemoError {
  if (thrown instanceof DemoFailure) {
    return { code: thrown.code, message: thrown.message, ...(thrown.advice !== undefined && { advice: thrown.advice }) };
  }
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return parseErrorDocument(text) ?? describeUnknown(text);
}

/** The error in a JSON error document; undefined when the text is none. */
export function parseErrorDocument(text: string): DemoError | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isErrorDocument(parsed) ? parsed.error : undefined;
  } catch {
    return undefined;
  }
}

function isErrorDocument(value: unknown): value is ErrorDocument {
  if (typeof value !== 'object' || value === null || !('error' in value)) return false;
  const { error } = value;
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error && typeof error.message === 'string';
}

function describeUnknown(text: string): DemoError {
  if (/fetch|network/i.test(text)) {
    return {
      code: 'unreachable',
      message: 'The demo does not answer.',
      advice: 'Is it still running in its terminal? Start it again there, then retry.',
    };
  }
  return { code: 'unknown', message: text === '' ? 'Something failed without saying why.' : text };
}
