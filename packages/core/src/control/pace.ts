import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Steps } from './steps.ts';

/** Maximum time in milliseconds that long work may block the event loop. */
const HOLD_MS = 10;

/** Divides long work into steps between which the event loop runs: `if (pace.isDue) await pace.turn();`. */
export class Pace {
  readonly #abortSignal: AbortSignal | undefined;
  #sinceMs = performance.now();

  constructor(abortSignal?: AbortSignal) {
    this.#abortSignal = abortSignal;
  }

  /** Returns true if the work has blocked the event loop for more than 10 ms. */
  get isDue(): boolean {
    return performance.now() - this.#sinceMs > HOLD_MS;
  }

  /** Lets the event loop run once. @throws the abort reason if the signal has aborted. */
  async turn(): Promise<void> {
    await nextTurn();
    this.#abortSignal?.throwIfAborted();
    this.#sinceMs = performance.now();
  }
}

/**
 * Like `Array.filter`, but regularly lets the event loop run. Use it if one call of the predicate can take milliseconds.
 *
 * @throws the abort reason if the signal aborts.
 */
export async function filterInTurns<Item>(
  items: readonly Item[],
  options: { readonly matches: (item: Item) => boolean; readonly abortSignal?: AbortSignal | undefined },
): Promise<Item[]> {
  const pace = new Pace(options.abortSignal);
  const found: Item[] = [];
  for (const item of items) {
    if (options.matches(item)) found.push(item);
    if (pace.isDue) await pace.turn();
  }
  return found;
}

/** Like `Array.map`, but regularly lets the event loop run. @throws the abort reason if the signal aborts. */
export async function mapInTurns<Item, Result>(
  items: readonly Item[],
  options: { readonly map: (item: Item) => Result; readonly abortSignal?: AbortSignal | undefined },
): Promise<Result[]> {
  const pace = new Pace(options.abortSignal);
  const results: Result[] = [];
  for (const item of items) {
    results.push(options.map(item));
    if (pace.isDue) await pace.turn();
  }
  return results;
}

/** Does all steps, and regularly lets the event loop run in between. @throws the abort reason if the signal aborts. */
export async function inTurns<Result>(steps: Steps<Result>, abortSignal?: AbortSignal): Promise<Result> {
  const pace = new Pace(abortSignal);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (pace.isDue) await pace.turn();
  }
}
