import type { CodeBlock, CodeResult, ExecutionEvent } from '@sandpod/core';
import type { ChatMessage } from './chat-message.ts';

/** What happens in a chat, in order; the last one is `end`, exactly once. */
export type ChatEvent =
  /** A piece of what the writer is saying. */
  | { readonly type: 'text'; readonly text: string }
  /** A message that is complete, of the writer or of the executor. */
  | { readonly type: 'message'; readonly message: ChatMessage }
  | { readonly type: 'approval'; readonly blocks: readonly CodeBlock[]; readonly approved: boolean; readonly reason: string }
  | { readonly type: 'execution'; readonly event: ExecutionEvent }
  /** What was decided after code had failed; `attempt` counts failures in a row from 1. */
  | { readonly type: 'retry'; readonly attempt: number; readonly retry: boolean; readonly reason: string }
  | { readonly type: 'end'; readonly result: ChatResult };

/** `terminated`: the writer was done. `gave-up`: no further attempt after a failure. `max-rounds`: the limit was reached. */
export type ChatEnding = 'terminated' | 'gave-up' | 'max-rounds';

export interface ChatResult {
  readonly reason: ChatEnding;
  /** What the writer said last, without the termination text. */
  readonly text: string;
  /** How often the writer was asked. */
  readonly rounds: number;
  /** The whole conversation; pass it with one more message to go on. */
  readonly messages: readonly ChatMessage[];
  /** Of the code that ran last. */
  readonly lastResult?: CodeResult;
}
