import { convertToModelMessages, type ModelMessage, type ToolSet, type UIMessage, validateUIMessages } from 'ai';
import type { DemoMessage } from '../api-types.ts';
import { DemoFailure } from '../demo-failure.ts';

/**
 * Checks a history that a page sent; it is the page's word, so nothing in it is trusted.
 *
 * @throws {DemoFailure} `bad-request`
 */
export async function readHistory(messages: readonly unknown[]): Promise<DemoMessage[]> {
  const history = await validateUIMessages<DemoMessage>({ messages: [...messages] }).catch(() => {
    throw refused('The messages are not what the chat expects.');
  });
  if (history.some(({ role }) => role === 'system')) throw refused('A chat has no system messages.');
  // The SDK would fetch whatever address is named.
  if (history.some(({ parts }) => parts.some(namesAddress))) throw refused('A message may not name files by their address; upload them.');
  return history;
}

/** A history as the model reads it; runs that were cut off, or never begun, are left out. @throws {DemoFailure} `bad-request` */
export async function toPrompt(history: DemoMessage[], tools: ToolSet): Promise<ModelMessage[]> {
  try {
    return await convertToModelMessages<DemoMessage>(withoutLateApprovals(history), { tools, ignoreIncompleteToolCalls: true });
  } catch {
    throw refused('The history holds results that cannot be read.');
  }
}

/** An approval is acted on while nothing else has been asked; the SDK would miss the result of one that came to nothing. */
function withoutLateApprovals(history: readonly DemoMessage[]): DemoMessage[] {
  const lastRequest = history.findLastIndex(({ role }) => role === 'user');
  return history.map((message, index) =>
    index > lastRequest ? message : { ...message, parts: message.parts.filter((part) => !isApprovedOnly(part)) },
  );
}

function isApprovedOnly(part: DemoMessage['parts'][number]): boolean {
  return part.type === 'tool-run_code' && part.state === 'approval-responded' && part.approval.approved;
}

function namesAddress(part: UIMessage['parts'][number]): boolean {
  return (part.type === 'file' || part.type === 'reasoning-file') && !part.url.startsWith('data:');
}

function refused(message: string): DemoFailure {
  return new DemoFailure({ code: 'bad-request', message, advice: 'Start a new chat.' });
}
