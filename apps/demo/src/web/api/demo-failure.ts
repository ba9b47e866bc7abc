import type { DemoError, ErrorDocument } from '../../api-types.ts';

/** A failed request, with the server's error. */
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

/** Describes any error for the user. In the chat, the message of an Error contains the server's error document. */
export function describeFailure(thrown: unknown): DemoError {
  if (thrown instanceof DemoFailure) {
    return { code: thrown.code, message: thrown.message, ...(thrown.advice !== undefined && { advice: thrown.advice }) };
  }
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return parseErrorDocument(text) ?? describeUnknown(text);
}

/** Returns the error in a JSON error document, or undefined if the text is not such a document. */
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
      message: 'The demo does not respond.',
      advice: 'Check whether it is still running in its terminal. If not, start it again, then retry.',
    };
  }
  return { code: 'unknown', message: text === '' ? 'Something failed for an unknown reason.' : text };
}
