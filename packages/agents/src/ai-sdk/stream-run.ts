import type { CodeResult, ExecutionEvent } from '@sandpod/core';
import { platformFailure } from '../shared/failure-text.ts';
import { latestStates } from '../shared/latest-states.ts';
import type { CodeToolOutput } from './code-tool-output.ts';
import type { OutputBounds } from './final-output.ts';
import { RunView } from './run-view.ts';
import { updateIntervalMs } from './update-interval.ts';

export interface StreamRunOptions extends OutputBounds {
  readonly language: string;
  readonly abortSignal: AbortSignal | undefined;
  readonly run: (parts: { readonly abortSignal: AbortSignal; readonly onEvent: (event: ExecutionEvent) => void }) => Promise<void>;
}

/** Yields each state of a run as an output of the tool. A failure of the platform also becomes an output. Any other error is thrown. */
export function streamRun(options: StreamRunOptions): AsyncGenerator<CodeToolOutput, void, void> {
  const view = new RunView(options);
  return latestStates<CodeToolOutput>({
    abortSignal: options.abortSignal,
    snapshot: () => view.snapshot(),
    intervalMs: () => updateIntervalMs(view.characters),
    run: async ({ abortSignal, onChange }) => {
      let result: CodeResult | undefined;
      const onEvent = (event: ExecutionEvent): void => {
        if (event.type === 'end') ({ result } = event);
        view.add(event);
        onChange();
      };
      onChange();
      try {
        await options.run({ abortSignal, onEvent });
        if (result !== undefined) await view.end(result);
      } catch (error) {
        const failure = platformFailure(error);
        if (failure === undefined) throw error;
        view.fail(failure);
      }
    },
  });
}
