import type { ChatEvent } from './chat-event.ts';
import type { ChatMessage } from './chat-message.ts';
import { type CodeRunnerOptions, codeRunnerOptionsSchema, readOptions } from './code-chat-options.ts';
import { type CodeReply, type ReplyOptions, reply } from './reply.ts';

/** The executor's side of a chat, for callers that write the loop themselves. */
export interface CodeRunner {
  /**
   * Runs the code in all messages since the executor's last message, and returns the result as text.
   *
   * @throws {SandpodError} if the platform fails. @throws the abort's reason after an abort.
   */
  reply(messages: readonly ChatMessage[], options?: CodeReplyOptions): Promise<CodeReply>;
}

export interface CodeReplyOptions {
  readonly abortSignal?: AbortSignal | undefined;
  readonly onEvent?: ((event: ChatEvent) => void) | undefined;
}

/** Creates the executor's side of a chat. @throws {SandpodError} `invalid-options`. */
export function createCodeRunner(options: CodeRunnerOptions): CodeRunner {
  const valid: ReplyOptions = readOptions(codeRunnerOptionsSchema, options);
  return {
    reply: async (messages, { abortSignal, onEvent } = {}) => {
      const events = reply(messages, { ...valid, abortSignal });
      for (;;) {
        const { done, value } = await events.next();
        if (done) return value;
        onEvent?.(value);
      }
    },
  };
}
