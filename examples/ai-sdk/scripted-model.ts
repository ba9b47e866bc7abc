import { simulateReadableStream } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';

/** The next answer of a scripted model: text, or a tool call. */
type Step = string | { readonly tool: string; readonly input: object };
type Result = Awaited<ReturnType<MockLanguageModelV4['doStream']>>;
type Part = Result['stream'] extends ReadableStream<infer One> ? One : never;

const usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};

/** A model without an API key: it returns the given steps in order and ignores its input. */
export function scriptedModel(steps: readonly Step[]): MockLanguageModelV4 {
  let position = 0;
  return new MockLanguageModelV4({
    doGenerate: async () => {
      const step = steps[position++] ?? '';
      const content = typeof step === 'string' ? [{ type: 'text' as const, text: step }] : [toolCall(step, position)];
      return { content, finishReason: finishReason(step), usage, warnings: [] };
    },
    doStream: async () => {
      const step = steps[position++] ?? '';
      const id = String(position);
      const text: Part[] = [
        { type: 'text-start', id },
        { type: 'text-delta', id, delta: String(step) },
        { type: 'text-end', id },
      ];
      const parts = typeof step === 'string' ? text : [toolCall(step, position)];
      return { stream: simulateReadableStream<Part>({ chunks: [...parts, { type: 'finish', finishReason: finishReason(step), usage }] }) };
    },
  });
}

function toolCall({ tool, input }: Exclude<Step, string>, position: number) {
  return { type: 'tool-call' as const, toolCallId: `call-${position}`, toolName: tool, input: JSON.stringify(input) };
}

function finishReason(step: Step) {
  return { unified: typeof step === 'string' ? ('stop' as const) : ('tool-calls' as const), raw: undefined };
}
