import type { CodeResult } from '../contract/code-result.ts';
import type { ExecutionEvent } from '../contract/execution-event.ts';

/**
 * Passes on the events of `stream()` and keeps the result that the `end` event contains.
 *
 * Iterate over all events once, and then read `result`.
 */
export class ResultReader implements AsyncIterable<ExecutionEvent> {
  readonly #events: AsyncIterable<ExecutionEvent>;
  #result: CodeResult | undefined;

  constructor(events: AsyncIterable<ExecutionEvent>) {
    this.#events = events;
  }

  /** Returns the result. @throws {Error} if the stream had no `end` event. */
  get result(): CodeResult {
    if (this.#result === undefined) throw new Error('The stream of the executor ended without an end event.');
    return this.#result;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ExecutionEvent, void, void> {
    for await (const event of this.#events) {
      if (event.type === 'end') this.#result = event.result;
      yield event;
    }
  }
}
