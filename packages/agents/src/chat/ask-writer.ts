import { type LanguageModel, streamText } from 'ai';
import type { ChatEvent } from './chat-event.ts';
import { type ChatMessage, WRITER } from './chat-message.ts';
import { toModelMessages } from './to-model-messages.ts';

export interface AskWriterOptions {
  readonly model: LanguageModel;
  readonly instructions: string;
  readonly abortSignal: AbortSignal | undefined;
}

/** What the model said. */
export interface Said {
  readonly message: ChatMessage;
  /** It was cut off, by a length limit or by its provider, so that its code may be half of what was meant. */
  readonly isCut: boolean;
}

/** Reasons for which a model stops in the middle. */
const CUT_REASONS: readonly string[] = ['length', 'content-filter', 'error'];

/** Lets the model speak; leaving the loop ends its request. @throws what the model's provider throws; the abort's reason. */
export async function* askWriter(messages: readonly ChatMessage[], options: AskWriterOptions): AsyncGenerator<ChatEvent, Said, void> {
  const { model, instructions, abortSignal } = options;
  abortSignal?.throwIfAborted();
  const leaving = new AbortController();
  const signal = abortSignal ? AbortSignal.any([abortSignal, leaving.signal]) : leaving.signal;
  let text = '';
  let isCut = false;
  // Errors come as parts of the stream; without a handler they would be written to the console too.
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
