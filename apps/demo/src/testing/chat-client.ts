import { DefaultChatTransport, isToolUIPart, readUIMessageStream } from 'ai';
import type { DemoMessage, ErrorDocument } from '../api-types.ts';
import type { DemoClient } from './demo-client.ts';

export type RunPart = Extract<DemoMessage['parts'][number], { type: 'tool-run_code' }>;

interface SendOptions {
  readonly abortSignal?: AbortSignal;
  /** Called with every state of the answer. */
  readonly onMessage?: (message: DemoMessage) => void;
}

/** A chat that uses the AI SDK's client. */
export class ChatClient {
  readonly id: string;
  readonly errors: ErrorDocument['error'][] = [];
  messages: DemoMessage[] = [];
  readonly #client: DemoClient;
  readonly #transport: DefaultChatTransport<DemoMessage>;

  constructor(client: DemoClient, id: string) {
    this.id = id;
    this.#client = client;
    this.#transport = new DefaultChatTransport({ api: `${client.origin}/api/sessions/${id}/chat`, headers: { 'x-sandpod-demo': '1' } });
  }

  get path(): string {
    return `/api/sessions/${this.id}`;
  }

  /** Sends a message. Resolves with the complete answer. */
  async send(text: string, options: SendOptions = {}): Promise<DemoMessage> {
    this.messages.push({ id: crypto.randomUUID(), role: 'user', parts: [{ type: 'text', text }] });
    return this.resend(options);
  }

  /** Sends the history as is. */
  async resend({ abortSignal, onMessage }: SendOptions = {}): Promise<DemoMessage> {
    const stream = await this.#transport.sendMessages({
      chatId: this.id,
      messages: this.messages,
      trigger: 'submit-message',
      messageId: undefined,
      abortSignal,
    });
    const last = this.messages.at(-1);
    const answers = readUIMessageStream<DemoMessage>({
      stream,
      ...(last?.role === 'assistant' ? { message: last } : {}),
      onError: (error) => {
        if (!abortSignal?.aborted) this.errors.push(readError(error));
      },
    });
    let answer: DemoMessage | undefined;
    for await (const message of answers) {
      answer = message;
      onMessage?.(message);
    }
    if (!answer) throw new Error('There was no answer.');
    this.messages = [...this.messages.filter(({ id }) => id !== answer.id), answer];
    return answer;
  }

  /** Answers the approval request at the end of the last message. */
  async decide(approved: boolean, options: SendOptions = {}): Promise<DemoMessage> {
    this.respond(approved);
    return this.resend(options);
  }

  /** Adds a decision to the history without sending it. */
  respond(approved: boolean): void {
    const last = this.messages.at(-1);
    if (!last) throw new Error('There is no message.');
    const parts = last.parts.map((part) =>
      isToolUIPart(part) && part.state === 'approval-requested'
        ? { ...part, state: 'approval-responded' as const, approval: { ...part.approval, approved } }
        : part,
    );
    this.messages = [...this.messages.slice(0, -1), { ...last, parts: parts as DemoMessage['parts'] }];
  }

  stop(): Promise<Response> {
    return this.#client.fetch(`${this.path}/stop`, { method: 'POST' });
  }

  /** Returns the size of a workspace file in bytes, or 0 if the file does not exist. */
  async sizeOf(path: string): Promise<number> {
    const response = await this.#client.fetch(`${this.path}/files/${path}`);
    return response.ok ? (await response.arrayBuffer()).byteLength : 0;
  }
}

function readError(error: unknown): ErrorDocument['error'] {
  const text = error instanceof Error ? error.message : String(error);
  return (JSON.parse(text) as ErrorDocument).error;
}

export function runsOf({ parts }: DemoMessage): RunPart[] {
  return parts.filter((part) => part.type === 'tool-run_code');
}

export function textOf({ parts }: DemoMessage): string {
  return parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n');
}
