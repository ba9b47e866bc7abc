import { convertToModelMessages, type ModelMessage, type ToolSet, type UIMessage, validateUIMessages } from 'ai';
import type { DemoMessage } from '../api-types.ts';
import { DemoFailure } from '../demo-failure.ts';

/**
 * Checks a history that a page sent. The history is untrusted input.
 *
 * @throws {DemoFailure} `bad-request`
 */
export async function readHistory(messages: readonly unknown[]): Promise<DemoMessage[]> {
  const history = await validateUIMessages<DemoMessage>({ messages: [...messages] }).catch(() => {
    throw refused('The messages do not have the format of the chat.');
  });
  if (history.some(({ role }) => role === 'system')) throw refused('A chat has no system messages.');
  // The SDK would fetch such files from any address.
  if (history.some(({ parts }) => parts.some(namesAddress))) throw refused('A message must not refer to files by address.');
  return history;
}

/** Converts a history for the model, without runs that were interrupted or never started. @throws {DemoFailure} `bad-request` */
export async function toPrompt(history: DemoMessage[], tools: ToolSet): Promise<ModelMessage[]> {
  try {
    return await convertToModelMessages<DemoMessage>(withoutLateApprovals(history), { tools, ignoreIncompleteToolCalls: true });
  } catch {
    throw refused('The history contains results that cannot be read.');
  }
}

/** Removes approvals before the user's last message. The SDK would expect a result for them. */
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
