import type { ModelMessage } from 'ai';
import { type ChatMessage, EXECUTOR, USER, WRITER } from './chat-message.ts';

/** The conversation as the writer's model sees it: its own messages, and what all others said. */
export function toModelMessages(messages: readonly ChatMessage[]): ModelMessage[] {
  return messages.map(({ source, text }) => {
    if (source === WRITER) return { role: 'assistant', content: text };
    return { role: 'user', content: source === USER || source === EXECUTOR ? text : `${source}: ${text}` };
  });
}
