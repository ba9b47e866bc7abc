import { setTimeout as pause } from 'node:timers/promises';
import type { LanguageModel } from 'ai';
import { readTurn, type Turn } from './turn.ts';

/** The type of the models that the AI SDK's providers create. */
export type DemoModel = Extract<LanguageModel, { readonly specificationVersion: 'v4' }>;
type CallOptions = Parameters<DemoModel['doStream']>[0];
type GenerateResult = Awaited<ReturnType<DemoModel['doGenerate']>>;
type StreamResult = Awaited<ReturnType<DemoModel['doStream']>>;
type StreamPart = StreamResult['stream'] extends ReadableStream<infer Part> ? Part : never;
type FinishPart = Extract<StreamPart, { type: 'finish' }>;

/** The next reply of a script: text, and code to run. After the code has run, the script is called again. */
export interface Reply {
  readonly text?: string;
  readonly code?: { readonly code: string; readonly language: string };
}

/** Chooses the next reply from the prompt and the results so far. */
export type Script = (turn: Turn) => Reply;

/** The token counts. They are zero, because there is no model. */
const USAGE: FinishPart['usage'] = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};
const TOOL_NAME = 'run_code';

/**
 * Replaces a language model with a script. The code in its replies really runs, and its later replies depend on the
 * results.
 */
export class ScriptedModel implements DemoModel {
  readonly specificationVersion = 'v4';
  readonly provider = 'sandpod-demo';
  readonly supportedUrls = {};
  readonly modelId: string;
  readonly #script: Script;
  readonly #pauseMs: number;

  /**
   * `pauseMs` is the number of milliseconds between two pieces of an answer. Default 12, so that users can read along. If 0, code is sent
   * as one piece.
   */
  constructor(options: { readonly name: string; readonly script: Script; readonly pauseMs?: number | undefined }) {
    this.modelId = options.name;
    this.#script = options.script;
    this.#pauseMs = options.pauseMs ?? 12;
  }

  async doGenerate({ prompt }: CallOptions): Promise<GenerateResult> {
    const reply = this.#script(readTurn(prompt));
    return {
      content: [...(reply.text ? [{ type: 'text' as const, text: reply.text }] : []), ...(reply.code ? [toolCall(reply.code)] : [])],
      finishReason: finishReason(reply),
      usage: USAGE,
      warnings: [],
    };
  }

  async doStream({ prompt, abortSignal }: CallOptions): Promise<StreamResult> {
    const reply = this.#script(readTurn(prompt));
    return { stream: ReadableStream.from(this.#parts(reply, abortSignal)) };
  }

  async *#parts(reply: Reply, abortSignal: AbortSignal | undefined): AsyncGenerator<StreamPart, void, void> {
    yield { type: 'stream-start', warnings: [] };
    for (const part of [...textParts(reply.text ?? ''), ...this.#codeParts(reply.code)]) {
      if (part.type.endsWith('-delta') && this.#pauseMs > 0) await pause(this.#pauseMs, undefined, { signal: abortSignal });
      abortSignal?.throwIfAborted();
      yield part;
    }
    yield { type: 'finish', finishReason: finishReason(reply), usage: USAGE };
  }

  #codeParts(code: Reply['code']): StreamPart[] {
    if (!code) return [];
    const call = toolCall(code);
    const { toolCallId: id, input } = call;
    // Readers parse the whole text again for every piece, so long code in many pieces would take minutes.
    const pieces = this.#pauseMs > 0 ? (input.match(/[\s\S]{1,48}/g) ?? []) : [input];
    return [
      { type: 'tool-input-start', id, toolName: TOOL_NAME },
      ...pieces.map((delta): StreamPart => ({ type: 'tool-input-delta', id, delta })),
      { type: 'tool-input-end', id },
      call,
    ];
  }
}

function finishReason({ code }: Reply): FinishPart['finishReason'] {
  return { unified: code ? 'tool-calls' : 'stop', raw: undefined };
}

function textParts(text: string): StreamPart[] {
  if (text === '') return [];
  const id = `text-${crypto.randomUUID()}`;
  const words = text.match(/\s*\S+\s*/g) ?? [];
  return [{ type: 'text-start', id }, ...words.map((delta): StreamPart => ({ type: 'text-delta', id, delta })), { type: 'text-end', id }];
}

function toolCall(code: NonNullable<Reply['code']>): Extract<StreamPart, { type: 'tool-call' }> {
  const input = JSON.stringify({ language: code.language, code: code.code });
  return { type: 'tool-call', toolCallId: `call-${crypto.randomUUID()}`, toolName: TOOL_NAME, input };
}
