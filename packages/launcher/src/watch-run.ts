import { addAbortListener } from 'node:events';

export interface RunWatch {
  readonly abortSignal: AbortSignal | undefined;
  /** Milliseconds after which `onOverdue` is called; undefined: never. */
  readonly overdueMs: number | undefined;
  readonly onAbort: (reason: unknown) => void;
  readonly onOverdue: () => void;
  /** Called regularly. */
  readonly onLook: () => void;
}

/** Milliseconds between looks at whether the program is still there. */
const LOOK_EVERY_MS = 10_000;
/** The longest delay that a timer takes. */
const LONGEST_MS = 2 ** 31 - 1;

/** Watches a run from outside, until it is disposed of. */
export function watchRun({ abortSignal, overdueMs, onAbort, onOverdue, onLook }: RunWatch): Disposable {
  const listener = abortSignal && addAbortListener(abortSignal, () => onAbort(abortSignal.reason));
  const looking = setInterval(onLook, LOOK_EVERY_MS);
  looking.unref();
  const timer = overdueMs === undefined ? undefined : setTimeout(onOverdue, Math.min(overdueMs, LONGEST_MS));
  return {
    [Symbol.dispose]: () => {
      listener?.[Symbol.dispose]();
      clearInterval(looking);
      clearTimeout(timer);
    },
  };
}
