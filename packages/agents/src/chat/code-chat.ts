import type { CodeBlock, CodeResult } from '@sandpod/core';
import type { z } from 'zod';
import { askWriter, type WriterReply } from './ask-writer.ts';
import type { ChatEnding, ChatEvent, ChatResult } from './chat-event.ts';
import { type ChatMessage, EXECUTOR, USER, WRITER } from './chat-message.ts';
import { type CodeChatOptions, codeChatOptionsSchema, readOptions } from './code-chat-options.ts';
import { reply } from './reply.ts';
import { type RetryDecision, retryUnlessCancelled } from './retry.ts';
import { allowedLanguages, selectBlocks } from './select-blocks.ts';
import { writerInstructions } from './writer-instructions.ts';

export interface CodeChatCallOptions {
  readonly abortSignal?: AbortSignal | undefined;
}

/** A chat between a writer and an executor until the task is done. Only the executor keeps state between calls. */
export interface CodeChat {
  /**
   * Yields the events of the chat as they happen. Leaving the loop kills running code. `task` is the user's message, or a
   * conversation to continue.
   *
   * @throws {SandpodError} if the platform fails. @throws errors from the model's provider, and from functions in the options. @throws
   * the abort's reason after an abort.
   */
  stream(task: string | readonly ChatMessage[], options?: CodeChatCallOptions): AsyncIterable<ChatEvent>;
  /** Like `stream`, but resolves with the result. */
  run(task: string | readonly ChatMessage[], options?: CodeChatCallOptions): Promise<ChatResult>;
}

/** Creates a chat between a writer and an executor. @throws {SandpodError} `invalid-options`. */
export function createCodeChat(options: CodeChatOptions): CodeChat {
  const valid = readOptions(codeChatOptionsSchema, options);
  const stream = (task: string | readonly ChatMessage[], { abortSignal }: CodeChatCallOptions = {}): AsyncIterable<ChatEvent> => {
    const messages = typeof task === 'string' ? [{ source: USER, text: task }] : [...task];
    return new Conversation(valid, { messages, abortSignal }).events();
  };
  return {
    stream,
    run: async (task, callOptions) => {
      for await (const event of stream(task, callOptions)) if (event.type === 'end') return event.result;
      throw new Error('The chat ended without an end event.');
    },
  };
}

const CUT_OFF = 'Your message was cut off before its end, so none of its code was run. Write it again, shorter or in several steps.';
const NOT_RUN = 'The conversation ended before this code was run.';

type Options = z.output<typeof codeChatOptionsSchema>;

/** One call of a chat. */
class Conversation {
  readonly #options: Options;
  readonly #messages: ChatMessage[];
  readonly #abortSignal: AbortSignal | undefined;
  #rounds = 0;
  #failures = 0;
  #lastResult: CodeResult | undefined;

  constructor(options: Options, call: { readonly messages: ChatMessage[]; readonly abortSignal: AbortSignal | undefined }) {
    this.#options = options;
    this.#messages = call.messages;
    this.#abortSignal = call.abortSignal;
  }

  async *events(): AsyncGenerator<ChatEvent, void, void> {
    while (this.#rounds < this.#options.maxRounds) {
      const { message, isCut } = yield* this.#askWriter();
      if (isCut) {
        yield this.#add({ source: EXECUTOR, text: CUT_OFF });
        continue;
      }
      if (await this.#isOver(message)) {
        yield* this.#end('terminated');
        return;
      }
      const isGivenUp = yield* this.#execute();
      if (!isGivenUp) continue;
      if (this.#rounds < this.#options.maxRounds)
        yield* this.#askWriter('Do not write more code. Explain in words what was achieved and what went wrong.');
      yield* this.#end('gave-up');
      return;
    }
    yield* this.#end('max-rounds');
  }

  async *#askWriter(advice = ''): AsyncGenerator<ChatEvent, WriterReply, void> {
    this.#rounds += 1;
    const { model } = this.#options;
    const instructions = [this.#instructions(), advice].filter(Boolean).join('\n');
    const said = yield* askWriter(this.#messages, { model, instructions, abortSignal: this.#abortSignal });
    yield this.#add(said.message);
    return said;
  }

  /** Runs the code in the writer's message. Returns true if there must be no further attempt. */
  async *#execute(): AsyncGenerator<ChatEvent, boolean, void> {
    const abortSignal = this.#abortSignal;
    const { text, result } = yield* reply(this.#messages, { ...this.#options, abortSignal });
    yield this.#add({ source: EXECUTOR, text });
    if (result === undefined) return false;
    this.#lastResult = result;
    this.#failures = result.outcome === 'ok' ? 0 : this.#failures + 1;
    if (this.#failures === 0) return false;
    const decision = await this.#decide(result);
    yield { type: 'retry', attempt: this.#failures, ...decision };
    return !decision.retry;
  }

  async #decide(result: CodeResult): Promise<RetryDecision> {
    const { maxFailures, decideRetry = retryUnlessCancelled } = this.#options;
    const attempt = this.#failures;
    if (attempt >= maxFailures) return { retry: false, reason: `${attempt} attempts in a row failed, which is the limit.` };
    const { retry, reason } = await decideRetry({ result, attempt, messages: this.#messages, abortSignal: this.#abortSignal });
    return { retry: retry === true, reason };
  }

  /**
   * Returns true if the chat is over. Ignores the termination text in a message with code to run, because models often write that text
   * before the code has run.
   */
  async #isOver(message: ChatMessage): Promise<boolean> {
    const { terminate } = this.#options;
    if (typeof terminate === 'function') return terminate({ message, messages: this.#messages });
    return message.text.includes(terminate) && (await this.#unrunBlocks()).length === 0;
  }

  async #unrunBlocks(): Promise<readonly CodeBlock[]> {
    return (await selectBlocks(this.#messages, { ...this.#options, abortSignal: this.#abortSignal })).blocks;
  }

  #instructions(): string {
    const { executor, instructions, timeoutMs, terminate } = this.#options;
    const allowed = allowedLanguages(this.#options);
    const terminationText = typeof terminate === 'string' ? terminate : undefined;
    return [writerInstructions({ executor, languages: allowed, timeoutMs, terminationText }), instructions].filter(Boolean).join('\n');
  }

  #add(message: ChatMessage): ChatEvent {
    this.#messages.push(message);
    return { type: 'message', message };
  }

  async *#end(reason: ChatEnding): AsyncGenerator<ChatEvent, void, void> {
    // If the conversation is continued later, this code must not run unnoticed along with newer code.
    if ((await this.#unrunBlocks()).length > 0) yield this.#add({ source: EXECUTOR, text: NOT_RUN });
    const { terminate } = this.#options;
    const last = this.#messages.findLast(({ source }) => source === WRITER)?.text ?? '';
    const text = (typeof terminate === 'string' ? last.replaceAll(terminate, '') : last).trim();
    const lastResult = this.#lastResult === undefined ? {} : { lastResult: this.#lastResult };
    yield { type: 'end', result: { reason, text, rounds: this.#rounds, messages: [...this.#messages], ...lastResult } };
  }
}
