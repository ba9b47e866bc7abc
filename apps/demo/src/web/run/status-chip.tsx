import type { ReactElement } from 'react';
import { useElapsed } from '../state/use-elapsed.ts';
import { formatElapsed } from '../ui/format.ts';
import type { RunDescription } from './describe-run.ts';

interface StatusChipProps {
  readonly description: RunDescription;
  readonly durationMs: number | undefined;
  readonly isRunning: boolean;
}

/** Shows a short label for a run's state, and the duration of the run. */
export function StatusChip({ description: { label, tone }, durationMs, isRunning }: StatusChipProps): ReactElement {
  const elapsedMs = useElapsed(isRunning);
  const shownMs = durationMs ?? (isRunning ? elapsedMs : undefined);
  return (
    <span className="chip" data-tone={tone}>
      <span className="chip-dot" aria-hidden="true" />
      <span className="chip-label">{label}</span>
      {shownMs !== undefined && <span className="chip-time">{formatElapsed(shownMs)}</span>}
    </span>
  );
}
