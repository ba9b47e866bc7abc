import { type CodeResult, type ExecutionEvent, isTmpCodeFile, type RichResult } from '@sandpod/core';
import { ResultReader } from '@sandpod/core/backend';
import type { Screen } from './screen.ts';

interface ShowOptions {
  readonly screen: Screen;
  /** If true, shows only progress, because the JSON document contains the rest. */
  readonly isJson: boolean;
  /** Number of blocks to run; a single block gets no header. */
  readonly total: number;
}

/** Shows events as they happen; resolves with the result. */
export async function showEvents(events: AsyncIterable<ExecutionEvent>, options: ShowOptions): Promise<CodeResult> {
  const running = new ResultReader(events);
  for await (const event of running) {
    if (event.type === 'status') await options.screen.progress(event.progress.message);
    else if (!options.isJson) await show(event, options);
  }
  return running.result;
}

async function show(event: Exclude<ExecutionEvent, { type: 'status' }>, { screen, total }: ShowOptions): Promise<void> {
  switch (event.type) {
    case 'block-start':
      if (total === 1) return screen.clearProgress();
      return screen.line(`── block ${event.index + 1} of ${total} · ${describeBlock(event)}`);
    case 'stdout':
    case 'stderr':
      return screen.guest(event.type, event.text);
    case 'result':
      return screen.guest('stdout', plainText(event.result));
    case 'block-end':
      return screen.endGuest();
    case 'file':
    case 'end':
      return;
  }
}

function plainText({ data }: RichResult): string {
  const text = data['text/plain'];
  return typeof text === 'string' ? `${text}\n` : '';
}

/** Describes a block. Omits a file name that was generated from the code's hash, because it means nothing to people. */
function describeBlock({ language, codeFile }: { readonly language: string; readonly codeFile?: string }): string {
  return codeFile === undefined || isTmpCodeFile(codeFile) ? language : `${language} · ${codeFile}`;
}
