import type { CodeBlock, CodeResult, ExecutionEvent } from '@sandpod/core';
import type { ChatMessage } from './chat-message.ts';

/** An event in a chat. Events arrive in order. The last event is `end`, which occurs exactly once. */
export type ChatEvent =
  /** A piece of the writer's current message. */
  | { readonly type: 'text'; readonly text: string }
  /** A complete message from the writer or the executor. */
  | { readonly type: 'message'; readonly message: ChatMessage }
  | { readonly type: 'approval'; readonly blocks: readonly CodeBlock[]; readonly approved: boolean; readonly reason: string }
  | { readonly type: 'execution'; readonly event: ExecutionEvent }
  /** The decision about another attempt after code failed. `attempt` is the number of consecutive failures. */
  | { readonly type: 'retry'; readonly attempt: number; readonly retry: boolean; readonly reason: string }
  | { readonly type: 'end'; readonly result: ChatResult };

/**
 * The way in which a chat ended: `terminated` if the condition `terminate` was met, `gave-up` if there was no further attempt after a
 * failure, and `max-rounds` if the maximum number of rounds was reached.
 */
export type ChatEnding = 'terminated' | 'gave-up' | 'max-rounds';

export interface ChatResult {
  readonly reason: ChatEnding;
  /** The writer's last message, without the termination text. */
  readonly text: string;
  /** Number of requests to the writer. */
  readonly rounds: number;
  /** The whole conversation. To continue it, append a message and pass it to the next call. */
  readonly messages: readonly ChatMessage[];
  /** Result of the code that ran last. */
  readonly lastResult?: CodeResult;
}
