import type { ModelMessage, TextStreamPart, ToolApprovalResponse } from 'ai';
import type { DemoAgent, DemoToolSet } from '../agent/demo-agent.ts';
import type { DemoModel } from '../agent/scripted-model.ts';
import type { ModelInfo } from '../api-types.ts';
import { answeringAgent } from '../session/answering-agent.ts';
import type { Session } from '../session/session.ts';
import type { Turn } from '../session/turn.ts';
import type { AnswerPrinter } from './answer-printer.ts';

type Part = TextStreamPart<DemoToolSet>;
type ApprovalRequest = Extract<Part, { type: 'tool-approval-request' }>;

export interface ChatOptions {
  readonly session: Session;
  readonly model: DemoModel;
  readonly modelInfo: ModelInfo;
  readonly createPrinter: () => AnswerPrinter;
  /** Asks the user to approve the printed code. */
  readonly confirm: () => Promise<boolean>;
}

/** A conversation in a terminal, with the same agent as on the page. Keeps the history. */
export class TerminalChat {
  readonly #options: ChatOptions;
  readonly #history: ModelMessage[] = [];

  constructor(options: ChatOptions) {
    this.#options = options;
  }

  /** Answers a message. Resolves when the answer has ended. Never rejects. */
  async answer(request: string): Promise<void> {
    this.#history.push({ role: 'user', content: request });
    const printer = this.#options.createPrinter();
    let turn: Turn | undefined;
    try {
      turn = await this.#options.session.startTurn();
      const { agent } = answeringAgent({ ...this.#options, turn, request });
      await this.#converse({ agent, turn, printer });
    } catch (error) {
      if (!turn?.stopSignal.aborted) printer.failed(error);
    } finally {
      await turn?.executor.idle;
      turn?.end();
    }
    if (turn?.stopSignal.aborted) printer.line('Stopped.', 'dim');
    printer.end();
  }

  /** Streams the answer and asks for approvals, until no approval is pending. */
  async #converse(options: { readonly agent: DemoAgent; readonly turn: Turn; readonly printer: AnswerPrinter }): Promise<void> {
    const { agent, turn, printer } = options;
    for (;;) {
      const result = await agent.stream({ prompt: [...this.#history], abortSignal: turn.abortSignal });
      const requests: ApprovalRequest[] = [];
      for await (const part of result.stream) {
        if (part.type === 'tool-approval-request') requests.push(part);
        show(part, printer);
      }
      if (turn.abortSignal.aborted) return;
      this.#history.push(...(await result.responseMessages));
      if (requests.length === 0) return;
      const answers = await this.#ask(requests, { turn, printer });
      if (turn.stopSignal.aborted) return;
      this.#history.push({ role: 'tool', content: answers });
    }
  }

  async #ask(
    requests: readonly ApprovalRequest[],
    { turn, printer }: { readonly turn: Turn; readonly printer: AnswerPrinter },
  ): Promise<ToolApprovalResponse[]> {
    const { stopSignal } = turn;
    const stopped = new Promise<false>((resolve) => stopSignal.addEventListener('abort', () => resolve(false), { once: true }));
    const answers: ToolApprovalResponse[] = [];
    for (const { approvalId, toolCall } of requests) {
      // Each approval refers to the code directly above it.
      if (requests.length > 1 && !toolCall.dynamic) printer.code(toolCall.input);
      const approved = await Promise.race([this.#options.confirm(), stopped]);
      answers.push({ type: 'tool-approval-response', approvalId, approved });
    }
    return answers;
  }
}

function show(part: Part, printer: AnswerPrinter): void {
  if (part.type === 'text-delta') printer.text(part.text);
  else if (part.type === 'tool-call' && !part.dynamic) printer.code(part.input);
  else if (part.type === 'tool-result' && !part.dynamic) showRun(part, printer);
  else if (part.type === 'tool-error' || part.type === 'error') printer.failed(part.error);
  else if (part.type === 'tool-output-denied') printer.line('Not run.', 'dim');
}

function showRun(
  { output, preliminary }: Extract<Part, { type: 'tool-result'; dynamic?: false | undefined }>,
  printer: AnswerPrinter,
): void {
  printer.output(output);
  if (preliminary !== true) printer.ending(output);
}
