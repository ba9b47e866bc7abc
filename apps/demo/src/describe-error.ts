import { HTTP_STATUS, SandpodError } from '@sandpod/core';
import { AISDKError, APICallError, InvalidToolApprovalError, InvalidToolApprovalSignatureError, RetryError, TypeValidationError } from 'ai';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { DemoError } from './api-types.ts';
import { DemoFailure } from './demo-failure.ts';
import { UsageError } from './usage-error.ts';

export interface DescribedError {
  readonly status: ContentfulStatusCode;
  readonly error: DemoError;
  /** True if the error is unexpected, so that the server should print it in its terminal. */
  readonly isBug: boolean;
}

/** Describes any error for the page, without the stack trace. An unexpected error is reported without its text. */
export function describeError(error: unknown): DescribedError {
  if (error instanceof DemoFailure) {
    const { code, message, advice, status } = error;
    return { status, error: { code, message, advice }, isBug: false };
  }
  if (SandpodError.isInstance(error)) {
    const { code, message, advice } = error;
    return { status: HTTP_STATUS[code] as ContentfulStatusCode, error: { code, message, advice }, isBug: false };
  }
  if (error instanceof UsageError) return badRequest(error.message, error.advice);
  return describeModelError(error) ?? internal();
}

function describeModelError(error: unknown): DescribedError | undefined {
  if (RetryError.isInstance(error)) return describeModelError(error.lastError);
  if (InvalidToolApprovalError.isInstance(error) || InvalidToolApprovalSignatureError.isInstance(error)) {
    const message = 'This server did not request this approval, so nothing ran.';
    return described(403, { code: 'forbidden', message, advice: 'Ask again, and approve the new request.' });
  }
  if (TypeValidationError.isInstance(error)) return badRequest('The messages do not have the format of the chat.', 'Reload the page.');
  if (APICallError.isInstance(error))
    return described(502, { code: 'model-failed', message: serviceMessage(error), advice: serviceAdvice(error) });
  if (!AISDKError.isInstance(error)) return undefined;
  return described(502, { code: 'model-failed', message: `The model's answer could not be used: ${error.message}`, advice: 'Ask again.' });
}

function described(status: ContentfulStatusCode, error: DemoError): DescribedError {
  return { status, error, isBug: false };
}

function badRequest(message: string, advice: string): DescribedError {
  return described(400, { code: 'bad-request', message, advice });
}

function internal(): DescribedError {
  const message = 'The demo server failed.';
  return { status: 500, error: { code: 'internal', message, advice: 'See the error in the terminal of the demo.' }, isBug: true };
}

const MAX_MESSAGE = 300;

function serviceMessage({ statusCode, message }: APICallError): string {
  const text = message.slice(0, MAX_MESSAGE);
  return statusCode === undefined
    ? `The model's service cannot be reached: ${text}`
    : `The model's service responded with ${statusCode}: ${text}`;
}

function serviceAdvice({ statusCode }: APICallError): string {
  switch (statusCode) {
    case undefined:
      return 'Check the address of the service (OPENAI_BASE_URL, OLLAMA_BASE_URL), and whether the service is running.';
    case 401:
    case 403:
      return 'Check the API key in the environment, then start the demo again.';
    case 404:
      return 'Check the name of the model (SANDPOD_DEMO_MODEL, OPENAI_MODEL, OLLAMA_MODEL) and the address of the service.';
    case 429:
      return 'The service limits the rate of requests. Wait a moment, or check your quota.';
    default:
      return 'Ask again. If it keeps failing, check the status of the service.';
  }
}
