import type { CodeResult, ExecutionEvent, RichResult } from '@sandpod/core';
import type { Screen } from './screen.ts';

interface ShowOptions {
  readonly screen: Screen;
  /** Only the progress is shown; the rest will be in the document. */
  readonly isJson: boolean;
  /** Blocks that are to be run; a single one gets no header. */
  readonly total: number;
}

/** Shows what happens as it happens; resolves with the result. */
export async function showEvents(events: AsyncIterable<ExecutionEvent>, options: ShowOptions): Promise<CodeResult> {
  let result: CodeResult | undefined;
  for await (const event of events) {
    if (event.type === 'end') result = event.result;
    else if (event.type === 'status') await options.screen.progress(event.progress.message);
    else if (!options.isJson) await show(event, options);
  }
  if (!result) throw new Error('The run ended without a result.');
  return result;
}

async function show(event: Exclude<ExecutionEvent, { type: 'end' | 'status' }>, { screen, total }: ShowOptions): Promise<void> {
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
      return;
  }
}

function plainText({ data }: RichResult): string {
  const text = data['text/plain'];
  return typeof text === 'string' ? `${text}\n` : '';
}

/** A file name that was made up from the code's hash says nothing to people. */
function describeBlock({ language, codeFile }: { readonly language: string; readonly codeFile?: string }): string {
  return codeFile === undefined || codeFile.startsWith('tmp_code_') ? language : `${language} · ${codeFile}`;
}
