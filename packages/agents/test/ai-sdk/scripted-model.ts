import { simulateReadableStream } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';

/** A response of a scripted model: text, or tool calls. */
export type ScriptedStep = string | { readonly toolName: string; readonly input: unknown }[];

type StreamResult = Awaited<ReturnType<MockLanguageModelV4['doStream']>>;
type StreamPart = StreamResult['stream'] extends ReadableStream<infer Part> ? Part : never;
type GenerateResult = Awaited<ReturnType<MockLanguageModelV4['doGenerate']>>;

const usage: GenerateResult['usage'] = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};

/** A model that returns the steps in order, both for generate and for stream requests. */
export function scriptedModel(steps: readonly ScriptedStep[]): MockLanguageModelV4 {
  const contents = steps.map(contentOf);
  const next = (): GenerateResult['content'] => {
    const content = contents.shift();
    if (content === undefined) throw new Error('The script is over.');
    return content;
  };
  return new MockLanguageModelV4({
    doGenerate: async () => {
      const content = next();
      return { content, finishReason: finishReasonOf(content), usage, warnings: [] };
    },
    doStream: async () => {
      const content = next();
      const chunks = [...content.flatMap(partsOf), { type: 'finish' as const, finishReason: finishReasonOf(content), usage }];
      return { stream: simulateReadableStream<StreamPart>({ chunks }) };
    },
  });
}

function contentOf(step: ScriptedStep, index: number): GenerateResult['content'] {
  if (typeof step === 'string') return [{ type: 'text', text: step }];
  return step.map(({ toolName, input }, position) => ({
    type: 'tool-call' as const,
    toolCallId: `call-${index}-${position}`,
    toolName,
    input: JSON.stringify(input),
  }));
}

function finishReasonOf(content: GenerateResult['content']): GenerateResult['finishReason'] {
  const unified = content.some(({ type }) => type === 'tool-call') ? 'tool-calls' : 'stop';
  return { unified, raw: undefined };
}

function partsOf(part: GenerateResult['content'][number], index: number): StreamPart[] {
  const id = String(index);
  if (part.type === 'tool-call') return [part];
  if (part.type !== 'text') return [];
  return [
    { type: 'text-start', id },
    { type: 'text-delta', id, delta: part.text },
    { type: 'text-end', id },
  ];
}

/** The tool results in the model's last call. */
export function toolResultsSeen(model: MockLanguageModelV4, call = -1): unknown[] {
  const calls = model.doStreamCalls.length > 0 ? model.doStreamCalls : model.doGenerateCalls;
  const messages = calls.at(call)?.prompt ?? [];
  return messages.flatMap((message) =>
    message.role === 'tool' ? message.content.flatMap((part) => (part.type === 'tool-result' ? [part.output] : [])) : [],
  );
}
