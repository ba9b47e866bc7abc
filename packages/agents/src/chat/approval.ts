import type { CodeBlock } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import { blocksToMarkdown } from './blocks-to-markdown.ts';
import type { ChatMessage } from './chat-message.ts';

/** What is to be approved. */
export interface ApprovalRequest {
  /** The blocks as Markdown for people; characters that would hide or reorder code are shown as escapes. */
  readonly markdown: string;
  /** Exactly what will run. */
  readonly blocks: readonly CodeBlock[];
  /** The conversation so far. */
  readonly messages: readonly ChatMessage[];
  readonly abortSignal?: AbortSignal | undefined;
}

export interface ApprovalDecision {
  readonly approved: boolean;
  /** Told to the writer when it was not approved. */
  readonly reason?: string | undefined;
}

/** Decides, at once or later, whether code may run. Anything but a clear yes is a no. */
export type Approve = (request: ApprovalRequest) => boolean | ApprovalDecision | PromiseLike<boolean | ApprovalDecision>;

export interface Approval {
  readonly approved: boolean;
  readonly reason: string;
}

/** Asks, with the blocks as Markdown. @throws what `approve` throws; the abort's reason. */
export async function askApproval(approve: Approve, request: Omit<ApprovalRequest, 'markdown'>): Promise<Approval> {
  const answer = Promise.resolve(approve({ ...request, markdown: blocksToMarkdown(request.blocks) }));
  const decision: unknown = await abortable(answer, request.abortSignal);
  const { approved, reason } =
    typeof decision === 'object' && decision !== null ? (decision as ApprovalDecision) : { approved: decision, reason: '' };
  return { approved: approved === true, reason: reason ?? '' };
}
