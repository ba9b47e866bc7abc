import type { CodeResult } from '../contract/code-result.ts';
import type { ExecutionEvent } from '../contract/execution-event.ts';

/** Reads a stream of events to its end and returns the result. Rejects if the stream fails or has no `end` event. */
export async function lastResult(events: AsyncIterable<ExecutionEvent>): Promise<CodeResult> {
  let result: CodeResult | undefined;
  for await (const event of events) if (event.type === 'end') result = event.result;
  if (result === undefined) throw new Error('The stream ended without an end event.');
  return result;
}
