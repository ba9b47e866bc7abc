import type { ModelMessage } from 'ai';

/**
 * Returns the ids of the approvals that the agent will act on. These are the approvals in the prompt's last message whose calls have no
 * result yet.
 *
 * Like the SDK, reads them from the prompt, because the prompt, unlike the page's history, contains no empty messages.
 */
export function consentsIn(prompt: readonly ModelMessage[]): string[] {
  const last = prompt.at(-1);
  if (last?.role !== 'tool') return [];
  const finished = new Set(last.content.flatMap((part) => (part.type === 'tool-result' ? [part.toolCallId] : [])));
  const callOf = new Map(prompt.flatMap(requestsOf));
  return last.content.flatMap((part) =>
    part.type === 'tool-approval-response' && part.approved && !finished.has(callOf.get(part.approvalId) ?? '') ? [part.approvalId] : [],
  );
}

function requestsOf(message: ModelMessage): [approvalId: string, toolCallId: string][] {
  if (message.role !== 'assistant' || typeof message.content === 'string') return [];
  return message.content.flatMap((part) =>
    part.type === 'tool-approval-request' ? [[part.approvalId, part.toolCallId] as [string, string]] : [],
  );
}
