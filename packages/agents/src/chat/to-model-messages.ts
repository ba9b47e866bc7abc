import type { ModelMessage } from 'ai';
import { type ChatMessage, EXECUTOR, USER, WRITER } from './chat-message.ts';

/**
 * Converts the conversation for the writer's model: the writer's messages become `assistant` messages, and all others become `user`
 * messages.
 */
export function toModelMessages(messages: readonly ChatMessage[]): ModelMessage[] {
  return messages.map(({ source, text }) => {
    if (source === WRITER) return { role: 'assistant', content: text };
    return { role: 'user', content: source === USER || source === EXECUTOR ? text : `${source}: ${text}` };
  });
}
