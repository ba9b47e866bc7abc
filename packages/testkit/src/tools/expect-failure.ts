import assert from 'node:assert/strict';
import { type ErrorCode, type LostOutcome, ProcessLost, SandpodError } from '@sandpod/core';

/** Returns the error with which the promise rejects. Fails if the promise resolves. */
export async function rejectionOf(promise: Promise<unknown>, what = 'a rejection'): Promise<unknown> {
  const settled = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in settled) return settled.error;
  throw new assert.AssertionError({ message: `Expected ${what}, given the value ${describeValue(settled.value)}.` });
}

/** Expects a `ProcessLost` with one of these outcomes and with a reason. */
export async function expectLost(promise: Promise<unknown>, ...outcomes: readonly LostOutcome[]): Promise<ProcessLost> {
  const expected = `ProcessLost with outcome ${outcomes.join(' or ')}`;
  const error = await rejectionOf(promise, expected);
  if (!ProcessLost.isInstance(error)) throw unexpected(expected, error);
  if (!outcomes.includes(error.outcome)) throw unexpected(expected, error);
  assert.notEqual(error.reason.trim(), '', 'expected a reason');
  return error;
}

/** Expects a `SandpodError` with one of these codes, a message and advice. */
export async function expectSandpodError(promise: Promise<unknown>, ...codes: readonly ErrorCode[]): Promise<SandpodError> {
  const expected = `SandpodError with code ${codes.join(' or ')}`;
  const error = await rejectionOf(promise, expected);
  if (!SandpodError.isInstance(error)) throw unexpected(expected, error);
  if (!codes.includes(error.code)) throw unexpected(expected, error);
  assert.notEqual(error.message.trim(), '', 'expected a message');
  assert.notEqual(error.advice.trim(), '', 'expected advice');
  return error;
}

/** Expects an error with the code `invalid-options` and with the field's name in its message. */
export async function expectInvalid(promise: Promise<unknown>, field: string): Promise<void> {
  const error = await expectSandpodError(promise, 'invalid-options');
  assert.ok(error.message.includes(field), `expected a message that contains ${field}, given: ${error.message}`);
}

/** Expects a rejection with exactly this abort reason. */
export async function expectAbort(promise: Promise<unknown>, reason: unknown): Promise<void> {
  const error = await rejectionOf(promise, 'a rejection with the reason for the abort');
  if (error !== reason) throw unexpected('the reason for the abort', error);
}

function unexpected(expected: string, error: unknown): Error {
  const outcome = ProcessLost.isInstance(error) ? ` (outcome ${error.outcome})` : '';
  const code = SandpodError.isInstance(error) ? ` (code ${error.code})` : '';
  return new assert.AssertionError({ message: `Expected ${expected}, given ${String(error)}${outcome}${code}.` });
}

function describeValue(value: unknown): string {
  return value instanceof Object ? (JSON.stringify(value)?.slice(0, 400) ?? String(value)) : String(value);
}
