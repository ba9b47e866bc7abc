import { type LanguageModel, streamText } from 'ai';
import type { ChatEvent } from './chat-event.ts';
import { type ChatMessage, WRITER } from './chat-message.ts';
import { toModelMessages } from './to-model-messages.ts';

export interface AskWriterOptions {
  readonly model: LanguageModel;
  readonly instructions: string;
  readonly abortSignal: AbortSignal | undefined;
}

/** A message from the writer. */
export interface WriterReply {
  readonly message: ChatMessage;
  /** True if a length limit or the provider cut off the message. Its code may then be incomplete. */
  readonly isCut: boolean;
}

/** Finish reasons that indicate that the model stopped before the end of its message. */
const CUT_REASONS: readonly string[] = ['length', 'content-filter', 'error'];

/**
 * Requests the writer's next message from the model. Leaving the loop aborts the request.
 *
 * @throws the error of the model's provider or, after an abort, the abort's reason.
 */
export async function* askWriter(
  messages: readonly ChatMessage[],
  options: AskWriterOptions,
): AsyncGenerator<ChatEvent, WriterReply, void> {
  const { model, instructions, abortSignal } = options;
  abortSignal?.throwIfAborted();
  const leaving = new AbortController();
  const signal = abortSignal ? AbortSignal.any([abortSignal, leaving.signal]) : leaving.signal;
  let text = '';
  let isCut = false;
  // Errors arrive as parts of the stream. Without a handler, the AI SDK would also write them to the console.
  const { stream } = streamText({ model, instructions, abortSignal: signal, messages: toModelMessages(messages), onError: () => {} });
  try {
    for await (const part of stream) {
      if (part.type === 'error') throw part.error;
      if (part.type === 'abort') break;
      if (part.type === 'finish') isCut = CUT_REASONS.includes(part.finishReason);
      if (part.type !== 'text-delta') continue;
      text += part.text;
      yield { type: 'text', text: part.text };
    }
  } finally {
    leaving.abort();
  }
  abortSignal?.throwIfAborted();
  return { message: { source: WRITER, text }, isCut };
}
