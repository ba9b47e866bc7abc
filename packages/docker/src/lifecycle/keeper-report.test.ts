import { hostileVariants } from '@sandpod/testkit';
import { expect, test } from 'vitest';
import { parseReport } from './keeper-report.ts';

test('a report of the keeper has an end and an owner', () => {
  const inAnHour = Date.now() + 3_600_000;
  expect(parseReport(`12345 372345 0 ${inAnHour}\n`)).toEqual({ expiresMs: inAnHour, isClaimed: false });
  expect(parseReport('12345 never 1 never\n')).toEqual({ expiresMs: undefined, isClaimed: true });
});

test('a damaged report is no report, or one with an end that is a date', () => {
  const report = `12345 372345 0 ${Date.now() + 3_600_000}\n`;
  const giant = { name: 'giant counts', bytes: Buffer.from(`0 ${'9'.repeat(15)} 0 ${'9'.repeat(15)}\n`) };
  for (const { name, bytes } of [...hostileVariants(report), giant]) {
    const parsed = parseReport(bytes.toString());
    if (parsed === undefined) continue;
    expect(() => new Date(parsed.expiresMs ?? 0).toISOString(), name).not.toThrow();
    expect(bytes.toString(), name).toMatch(/^\d+ (\d+|never) [01] (\d+|never)\n$/);
  }
  expect(parseReport(giant.bytes.toString())).toBeUndefined();
});
