import type { SandboxInfo, SweepOptions, SweepReport } from '../contract/sandbox-provider.ts';

/** A sandbox that a sweep may remove. */
export interface SweepCandidate extends Pick<SandboxInfo, 'id' | 'createdMs' | 'expiresMs' | 'state'> {
  remove(): Promise<void>;
}

/** A sandbox that is still starting after this time counts as failed. */
const STARTING_MS = 10 * 60_000;

/** Removes all candidates that are due, one at a time, and reports each candidate once. A failed removal does not stop the sweep. */
export async function sweepCandidates(candidates: Iterable<SweepCandidate>, options: SweepOptions): Promise<SweepReport> {
  const removed: string[] = [];
  const kept: string[] = [];
  const failed: { id: string; reason: string }[] = [];
  for (const candidate of candidates) {
    options.abortSignal?.throwIfAborted();
    if (!isDue(candidate, options)) {
      kept.push(candidate.id);
      continue;
    }
    try {
      if (options.dryRun !== true) await candidate.remove();
      removed.push(candidate.id);
    } catch (error) {
      failed.push({ id: candidate.id, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { removed, kept, failed };
}

/** Returns true if a sandbox has ended, has expired, never started, or is at least `olderThanMs` old. */
export function isDue(info: Pick<SandboxInfo, 'createdMs' | 'expiresMs' | 'state'>, options: Pick<SweepOptions, 'olderThanMs'>): boolean {
  const { state, createdMs, expiresMs = Number.POSITIVE_INFINITY } = info;
  const ageMs = Date.now() - createdMs;
  if (options.olderThanMs !== undefined && ageMs >= options.olderThanMs) return true;
  if (state === 'ended' || Date.now() >= expiresMs) return true;
  return state === 'starting' && ageMs > STARTING_MS;
}
