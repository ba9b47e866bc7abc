import type { CodeExecutor, CodeResult } from '@sandpod/core';
import { ResultReader } from '@sandpod/core/backend';
import { cleanCut } from '../shared/clean-cut.ts';
import { cutText } from '../shared/cut-text.ts';
import { resultText } from '../shared/result-text.ts';
import { type Approve, askApproval } from './approval.ts';
import type { ChatEvent } from './chat-event.ts';
import type { ChatMessage } from './chat-message.ts';
import { type SelectBlocksOptions, type Selection, selectBlocks } from './select-blocks.ts';

export interface ReplyOptions extends SelectBlocksOptions {
  readonly executor: CodeExecutor;
  readonly approve?: Approve | undefined;
  readonly timeoutMs?: number | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly collectFiles: boolean | readonly string[];
  readonly maxModelCharacters: number;
}

/** Maximum number of skipped languages that the text lists. */
const MAX_SKIPPED = 20;

/** The executor's reply to the messages since its last reply. */
export interface CodeReply {
  readonly status: 'run' | 'not-approved' | 'no-code';
  /** The text for the writer. */
  readonly text: string;
  /** Present if the executor was called. */
  readonly result?: CodeResult;
}

/** Selects the blocks, requests approval, runs the blocks, and describes the result in words. */
export async function* reply(
  messages: readonly ChatMessage[],
  options: ReplyOptions & { readonly abortSignal?: AbortSignal | undefined },
): AsyncGenerator<ChatEvent, CodeReply, void> {
  const { approve, abortSignal } = options;
  const selection = await selectBlocks(messages, options);
  const { blocks } = selection;
  if (blocks.length === 0) return { status: 'no-code', text: noCodeText(selection) };
  if (approve) {
    const { approved, reason } = await askApproval(approve, { blocks, messages, abortSignal });
    yield { type: 'approval', blocks, approved, reason };
    if (!approved) return { status: 'not-approved', text: notApprovedText(reason) };
  }
  const result = yield* run(selection, options);
  abortSignal?.throwIfAborted();
  const text = resultText(result, {
    maxCharacters: options.maxModelCharacters,
    environment: options.executor.describe().environment,
  });
  return { status: 'run', text: [skippedText(selection), text].filter(Boolean).join('\n'), result };
}

async function* run(
  { blocks }: Selection,
  { executor, ...options }: ReplyOptions & { readonly abortSignal?: AbortSignal | undefined },
): AsyncGenerator<ChatEvent, CodeResult, void> {
  const { timeoutMs, env, collectFiles, abortSignal } = options;
  const running = new ResultReader(executor.stream(blocks, { timeoutMs, env, collectFiles, abortSignal }));
  for await (const event of running) yield { type: 'execution', event };
  return running.result;
}

function notApprovedText(reason: string): string {
  const why = cleanCut(reason, 2_000).trim();
  return `The code was not approved, so none of it was run (POSIX exit code: 1).${why === '' ? '' : ` Reason: ${why}`}`;
}

function noCodeText(selection: Selection): string {
  const example = selection.allowed[0] ?? 'python';
  const advice = `Put the code to run into a fenced Markdown block that names its language, for example \`\`\`${example}.`;
  return ['No code blocks found in the thread.', skippedText(selection), advice].filter(Boolean).join(' ');
}

function skippedText({ skipped, allowed }: Selection): string {
  if (skipped.length === 0) return '';
  const names = skipped.slice(0, MAX_SKIPPED).map((language) => language || 'no language');
  const runnable = allowed.length === 0 ? 'No language is run here.' : `Only these languages are run here: ${allowed.join(', ')}.`;
  return `Not run: code blocks with ${cutText(names.join(', '), 500)}. ${runnable}`;
}
