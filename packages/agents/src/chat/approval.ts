import type { CodeBlock } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import type { ChatMessage } from './chat-message.ts';
import { showBlocks } from './show-blocks.ts';

/** A request to approve code before it runs. */
export interface ApprovalRequest {
  /**
   * The blocks as Markdown for people, followed by the warnings. Long lines are wrapped, and characters that could hide or reorder code
   * are shown as escapes.
   */
  readonly markdown: string;
  /** One sentence for each property of the code that can deceive a reader; empty for most code. */
  readonly warnings: readonly string[];
  /** The exact blocks that will run. */
  readonly blocks: readonly CodeBlock[];
  /** The conversation so far. */
  readonly messages: readonly ChatMessage[];
  readonly abortSignal?: AbortSignal | undefined;
}

export interface ApprovalDecision {
  readonly approved: boolean;
  /** Sent to the writer if the code was not approved. */
  readonly reason?: string | undefined;
}

/** Decides, synchronously or not, whether code may run. Any answer other than `true` or `{ approved: true }` rejects the code. */
export type Approve = (request: ApprovalRequest) => boolean | ApprovalDecision | PromiseLike<boolean | ApprovalDecision>;

export interface Approval {
  readonly approved: boolean;
  readonly reason: string;
}

/**
 * Calls `approve` with the blocks as Markdown.
 *
 * @throws the error that `approve` throws or, after an abort, the abort's reason.
 */
export async function askApproval(approve: Approve, request: Omit<ApprovalRequest, 'markdown' | 'warnings'>): Promise<Approval> {
  const shown = await showBlocks(request.blocks, request.abortSignal);
  const answer = Promise.resolve(approve({ ...request, ...shown }));
  const decision: unknown = await abortable(answer, request.abortSignal);
  const { approved, reason } =
    typeof decision === 'object' && decision !== null ? (decision as ApprovalDecision) : { approved: decision, reason: '' };
  return { approved: approved === true, reason: reason ?? '' };
}
