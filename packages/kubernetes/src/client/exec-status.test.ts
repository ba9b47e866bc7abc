import { expect, test } from 'vitest';
import { readExecStatus } from './exec-status.ts';

const nonZero = (message: string): string =>
  JSON.stringify({
    status: 'Failure',
    reason: 'NonZeroExitCode',
    message: 'ended',
    details: { causes: [{ reason: 'ExitCode', message }] },
  });

test('an exit code is read from the status frame', () => {
  expect(readExecStatus('{"status":"Success"}')).toBe(0);
  expect(readExecStatus(nonZero('137'))).toBe(137);
});

test.each(['', ' ', '0x10', '1e1', '-1', 'x'])('a status without a valid exit code is an error, never 0: %j', (message) => {
  expect(() => readExecStatus(nonZero(message))).toThrow('could not start the program');
});

test('a status that is too long is refused before it is parsed', () => {
  const long = JSON.stringify({ status: 'Success', message: 'x'.repeat(70_000) });
  expect(() => readExecStatus(long)).toThrow('Expected a status of the exec protocol');
});
