import { addAbortListener } from 'node:events';

export interface RunWatch {
  readonly abortSignal: AbortSignal | undefined;
  /** Milliseconds after which `onOverdue` is called; undefined means never. */
  readonly overdueMs: number | undefined;
  /** Number of milliseconds between the calls of `onProbe` and `onOverdue`. */
  readonly probeMs: number;
  readonly onAbort: (reason: unknown) => void;
  readonly onOverdue: () => void;
  readonly onProbe: () => void;
  /** Called at regular intervals. */
  readonly onLook: () => void;
}

/** Milliseconds between checks whether the program is still running. */
const LOOK_EVERY_MS = 10_000;
/** The longest delay that a timer accepts. */
const LONGEST_MS = 2 ** 31 - 1;

/** Watches a run from outside, until it is disposed of. */
export function watchRun({ abortSignal, overdueMs, probeMs, onAbort, onOverdue, onProbe, onLook }: RunWatch): Disposable {
  const listener = abortSignal && addAbortListener(abortSignal, () => onAbort(abortSignal.reason));
  const looking = setInterval(onLook, LOOK_EVERY_MS);
  looking.unref();
  const after = (ms: number, call: () => void): NodeJS.Timeout => setTimeout(call, Math.min(Math.max(ms, 0), LONGEST_MS));
  const timers = overdueMs === undefined ? [] : [after(overdueMs, onOverdue), after(overdueMs - probeMs, onProbe)];
  return {
    [Symbol.dispose]: () => {
      listener?.[Symbol.dispose]();
      clearInterval(looking);
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
