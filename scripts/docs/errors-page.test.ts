import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exitCodeOfResult } from '../../packages/cli/src/exit-code.ts';
import type { CodeResult } from '../../packages/core/src/contract/code-result.ts';
import { OUTCOMES, type Outcome } from '../../packages/core/src/contract/outcome.ts';
import { ERROR_CODES } from '../../packages/core/src/errors/error-codes.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/errors.md'), 'utf8');

function rowsUnder(heading: string): string[][] {
  const section = page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => row.slice(2, -2).split(' | '));
}

test('docs/errors.md has one row for each code, with its advice and whether to retry', () => {
  const expected = Object.entries(ERROR_CODES).map(([code, { advice, isRetryable }]) => [
    `\`${code}\``,
    advice,
    isRetryable ? 'yes' : 'no',
  ]);
  expect(rowsUnder('Codes of `SandpodError`').map(([code, , advice, retry]) => [code, advice, retry])).toEqual(expected);
});

test('docs/errors.md has one row for each outcome', () => {
  expect(rowsUnder('Outcomes').map(([outcome]) => outcome)).toEqual(OUTCOMES.map((outcome) => `\`${outcome}\``));
});

test('docs/errors.md shows the exit code of the command', () => {
  const exitCode = (outcome: Outcome, own: number | null): number => exitCodeOfResult({ outcome, exitCode: own } as CodeResult);
  const described = (outcome: Outcome): string => {
    if (outcome === 'failed') return exitCode(outcome, 7) === 7 ? "the program's code" : 'another code';
    const bare = exitCode(outcome, null);
    return bare !== 0 && exitCode(outcome, 7) === 7 ? `the program's code, or ${bare}` : `${bare}`;
  };
  for (const [outcome, , own, command] of rowsUnder('Outcomes')) {
    const name = outcome?.slice(1, -1) as Outcome;
    const expected = own === 'null' ? `${exitCode(name, null)}` : described(name);
    expect([name, command]).toEqual([name, expected]);
  }
});
