import type { ChatEvent } from './chat-event.ts';
import type { ChatMessage } from './chat-message.ts';
import { type CodeRunnerOptions, codeRunnerOptionsSchema, readOptions } from './code-chat-options.ts';
import { type CodeReply, type ReplyOptions, reply } from './reply.ts';

/** The executor's half of a chat, for loops of your own. */
export interface CodeRunner {
  /**
   * Runs the code of the messages since the executor's last one and says what came of it.
   *
   * @throws {SandpodError} what the platform caused. @throws the abort's reason.
   */
  reply(messages: readonly ChatMessage[], options?: CodeReplyOptions): Promise<CodeReply>;
}

export interface CodeReplyOptions {
  readonly abortSignal?: AbortSignal | undefined;
  readonly onEvent?: ((event: ChatEvent) => void) | undefined;
}

/** @throws {SandpodError} `invalid-options`. */
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
