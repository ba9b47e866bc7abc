import { describe, expect, it } from 'vitest';
import { isDue, type SweepCandidate, sweepCandidates } from './sweep-candidates.ts';

const HOUR_MS = 3_600_000;

function candidate(id: string, state: SweepCandidate['state'], remove: () => Promise<void> = async () => {}): SweepCandidate {
  return { id, state, createdMs: Date.now() - 1_000, remove };
}

describe('isDue', () => {
  const young = { createdMs: Date.now() - 1_000 };
  const old = { createdMs: Date.now() - HOUR_MS };

  it.each([
    { name: 'running', info: { ...old, state: 'running' }, options: {}, expected: false },
    { name: 'running and expired', info: { ...old, state: 'running', expiresMs: Date.now() - 1 }, options: {}, expected: true },
    { name: 'running and not expired', info: { ...old, state: 'running', expiresMs: Date.now() + HOUR_MS }, options: {}, expected: false },
    { name: 'ended', info: { ...young, state: 'ended' }, options: {}, expected: true },
    { name: 'starting', info: { ...young, state: 'starting' }, options: {}, expected: false },
    { name: 'starting for an hour', info: { ...old, state: 'starting' }, options: {}, expected: true },
    { name: 'older than olderThanMs', info: { ...old, state: 'running' }, options: { olderThanMs: 1_000 }, expected: true },
    { name: 'younger than olderThanMs', info: { ...young, state: 'running' }, options: { olderThanMs: HOUR_MS }, expected: false },
  ] as const)('$name', ({ info, options, expected }) => {
    expect(isDue(info, options)).toBe(expected);
  });
});

describe('sweepCandidates', () => {
  it('removes sandboxes that are due, continues after a failure, and reports everything', async () => {
    const gone: string[] = [];
    const failing = candidate('c', 'ended', () => Promise.reject(new Error('busy')));
    const removing = candidate('a', 'ended', async () => void gone.push('a'));
    const report = await sweepCandidates([failing, removing, candidate('b', 'running')], {});
    expect(report).toEqual({ removed: ['a'], kept: ['b'], failed: [{ id: 'c', reason: 'busy' }] });
    expect(gone).toEqual(['a']);
  });

  it('removes nothing in a dry run', async () => {
    const never = candidate('a', 'ended', () => Promise.reject(new Error('removed')));
    expect(await sweepCandidates([never], { dryRun: true })).toEqual({ removed: ['a'], kept: [], failed: [] });
  });

  it('stops if the signal is aborted', async () => {
    await expect(sweepCandidates([candidate('a', 'ended')], { abortSignal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
  });
});
