import type { Outcome } from '@sandpod/core';
import { describeFailure } from '../api/demo-failure.ts';
import { outputOf, type RunOutputState, type RunPart } from './run-part.ts';

/** The color and icon of a run's state. */
export type Tone = 'waiting' | 'busy' | 'good' | 'bad' | 'muted';

/** A run's state as text. */
export interface RunDescription {
  readonly tone: Tone;
  /** A few words for the chip. */
  readonly label: string;
  /** The reason, in one sentence. */
  readonly reason?: string | undefined;
  readonly advice?: string | undefined;
}

interface OutcomeText {
  readonly label: string;
  readonly tone: Tone;
  readonly advice?: string;
}

const OUTCOMES: Readonly<Record<Outcome, OutcomeText>> = {
  ok: { label: 'ok', tone: 'good' },
  failed: { label: 'failed', tone: 'bad' },
  timeout: { label: 'timed out', tone: 'bad', advice: 'Do less in one run, or split the work into several runs.' },
  cancelled: { label: 'cancelled', tone: 'muted' },
  'output-limit': { label: 'too much output', tone: 'bad', advice: 'Print less, or write to a file.' },
  'memory-limit': { label: 'out of memory', tone: 'bad', advice: 'Work on less data at a time.' },
  'disk-limit': { label: 'disk full', tone: 'bad', advice: 'Delete files, or write less.' },
  'cpu-limit': { label: 'CPU limit', tone: 'bad', advice: 'Do less in one run.' },
  evicted: {
    label: 'evicted',
    tone: 'bad',
    advice: 'The platform removed the sandbox, for example because its machine was full. Try again.',
  },
  'session-lost': { label: 'sandbox lost', tone: 'bad', advice: 'The next run starts in a fresh sandbox.' },
  transport: { label: 'connection lost', tone: 'bad', advice: 'It is not known whether the code ended. Check before you run it again.' },
  refused: { label: 'refused', tone: 'bad' },
};

const INTERRUPTED: RunDescription = {
  tone: 'muted',
  label: 'interrupted',
  reason: 'The page lost the connection before this run ended. The server stops such runs.',
};

/** Describes code that never started. */
function notRun(why: string): RunDescription {
  return { tone: 'muted', label: 'not run', reason: `${why}, so the code did not run.` };
}

/** The context of a run. */
export interface RunSituation {
  /** True while the answer that contains the run is still being written. */
  readonly isLive: boolean;
  /** True if the session of the run still exists. */
  readonly isReachable: boolean;
  /** True if the last message contains the run. */
  readonly isLast: boolean;
}

/** Describes a run for the user. */
export function describeRun(part: RunPart, { isLive, isReachable, isLast }: RunSituation): RunDescription {
  if (part.state === 'approval-requested' && !isLast) return notRun('You sent another message');
  if (part.state === 'approval-requested' && !isReachable) return notRun('Its sandbox is gone');
  if (part.state === 'input-streaming' && !isLive) return notRun('The answer ended before this code was complete');
  const fixed = describeFixed(part);
  if (fixed !== undefined) return fixed;
  const output = outputOf(part);
  if (output?.status === 'done') return describeEnd(output);
  if (!isLive) return INTERRUPTED;
  if (part.state === 'input-streaming') return { tone: 'busy', label: 'writing code' };
  if (output?.status === 'running') return { tone: 'busy', label: 'running' };
  return { tone: 'busy', label: 'starting', reason: output?.progress };
}

/** Describes a run whose description is the same during and after the answer. Returns undefined for any other run. */
function describeFixed(part: RunPart): RunDescription | undefined {
  if (part.state === 'approval-requested') return { tone: 'waiting', label: 'waiting for approval' };
  if (part.state === 'output-error') return describeThrown(part.errorText);
  if (part.state === 'output-denied' || (part.state === 'approval-responded' && !part.approval.approved)) {
    return { tone: 'muted', label: 'denied', reason: part.approval?.reason };
  }
  return undefined;
}

function describeThrown(errorText: string): RunDescription {
  const { message, advice } = describeFailure(new Error(errorText));
  return { tone: 'bad', label: 'could not run', reason: message, advice };
}

function describeEnd({ outcome = 'transport', exitCode, reason, failure }: RunOutputState): RunDescription {
  if (failure !== undefined) return { tone: 'bad', label: 'could not run', reason: failure.message, advice: failure.advice };
  const { label, tone, advice } = OUTCOMES[outcome];
  if (outcome === 'failed') return { tone, label: `exit code ${exitCode ?? '?'}`, reason };
  // The user already knows the reason for stopping the run.
  return { tone, label, reason: outcome === 'cancelled' ? undefined : reason, advice };
}
