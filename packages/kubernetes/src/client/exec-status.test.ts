import { SandpodError } from '@sandpod/core';
import { hostileVariants } from '@sandpod/testkit';
import { expect, test } from 'vitest';
import { readExecStatus } from './exec-status.ts';

const read = (text: string): number => readExecStatus(Buffer.from(text));

const nonZero = (message: string): string =>
  JSON.stringify({
    status: 'Failure',
    reason: 'NonZeroExitCode',
    message: 'ended',
    details: { causes: [{ reason: 'ExitCode', message }] },
  });

test('an exit code is read from the status frame', () => {
  expect(read('{"status":"Success"}')).toBe(0);
  expect(read(nonZero('137'))).toBe(137);
});

test.each(['', ' ', '0x10', '1e1', '-1', 'x', '0', '00', '256', '9999999999'])(
  'a status without a valid exit code is an error, never 0: %j',
  (message) => {
    expect(() => read(nonZero(message))).toThrow('Expected a status of the exec protocol');
  },
);

test('a status that is too long is refused, even if it is valid', () => {
  expect(() => read(`{"status":"Success"}${' '.repeat(64 * 1024)}`)).toThrow('Expected a status of the exec protocol');
});

test('a program that cannot start is reported with the reason', () => {
  const status = JSON.stringify({ status: 'Failure', reason: 'InternalError', message: 'no such file \u001b]0;title\u0007' });
  expect(() => read(status)).toThrow(/could not start the program: no such file $/);
});

test.each(['{"status":"Success"}', nonZero('7')])('a damaged status is a typed error or a valid exit code: %s', (valid) => {
  for (const { name, bytes } of hostileVariants(valid)) {
    let outcome: unknown;
    try {
      outcome = readExecStatus(bytes);
    } catch (error) {
      outcome = SandpodError.isInstance(error) ? error.code : error;
    }
    expect([0, 7, 'transport', 'program-not-found'], `${name}: ${outcome}`).toContain(outcome);
    if (outcome === 0) expect(bytes.toString(), name).toContain('"Success"');
  }
});

test('a status that is too long is refused before it is parsed', () => {
  const long = JSON.stringify({ status: 'Success', message: 'x'.repeat(70_000) });
  expect(() => read(long)).toThrow('Expected a status of the exec protocol');
});
