import type { GuestExit } from '../../guest/guest-contract.ts';

/** The end of a run. It is sent to the parent process as is. */
export type ProcessEnding =
  | { readonly kind: 'exit'; readonly exitCode: number; readonly reason?: string }
  | {
      readonly kind: 'lost';
      readonly outcome: 'timeout' | 'output-limit' | 'memory-limit' | 'disk-limit' | 'session-lost';
      readonly reason: string;
    }
  | { readonly kind: 'killed' };

/** Converts the exit that a worker reported. All values are checked, because the worker may be hostile. */
export function endingOf(exit: unknown): ProcessEnding {
  const { exitCode, limit, reason } = Object(exit) as Partial<Record<keyof GuestExit, unknown>>;
  const text = typeof reason === 'string' ? reason.slice(0, 1000) : undefined;
  if (limit === 'memory') return { kind: 'lost', outcome: 'memory-limit', reason: text ?? 'The program exceeded its memory limit.' };
  if (limit === 'disk')
    return { kind: 'lost', outcome: 'disk-limit', reason: text ?? 'The program wrote more than the workspace can hold.' };
  if (!Number.isInteger(exitCode)) return { kind: 'lost', outcome: 'session-lost', reason: 'The program ended without an exit code.' };
  return { kind: 'exit', exitCode: (exitCode as number) & 255, ...(text === undefined ? {} : { reason: text }) };
}
