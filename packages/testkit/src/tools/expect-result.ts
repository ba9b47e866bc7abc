import assert from 'node:assert/strict';
import type { CodeResult, Outcome } from '@sandpod/core';

/** Expects that all blocks succeeded. If the executor has exit codes, expects exit code 0. Returns the standard output. */
export function expectOk(result: CodeResult, hasExitCodes: boolean): string {
  const expected = ['ok', hasExitCodes ? 0 : null];
  assert.deepEqual([result.outcome, result.exitCode], expected, `${result.reason ?? ''}\n${result.output}`);
  return result.stdout;
}

/** Expects one of these outcomes and a reason. Expects an exit code only if a program ended by itself. */
export function expectOutcome(
  result: CodeResult,
  expected: { readonly outcomes: readonly Outcome[]; readonly hasExitCodes: boolean },
): void {
  const { outcomes, hasExitCodes } = expected;
  const given = `${result.outcome} (${result.reason ?? 'no reason'})\n${result.output.slice(0, 2_000)}`;
  assert.ok(outcomes.includes(result.outcome), `expected ${outcomes.join(' or ')}, given ${given}`);
  assert.match(result.reason ?? '', /\w/, 'expected a reason');
  if (result.outcome === 'failed' && hasExitCodes)
    assert.ok(result.exitCode !== null && result.exitCode !== 0, 'expected the exit code of the program');
  else assert.equal(result.exitCode, null, 'expected no exit code');
}
