import { createExecutor } from '@sandpod/sandpod';
import { simulateReadableStream } from 'ai';
import { MockLanguageModelV4 } from 'ai/test';
import { expect, it } from 'vitest';
import { Session } from '../session/session.ts';
import { AnswerPrinter } from './answer-printer.ts';
import { TerminalChat } from './terminal-chat.ts';

const usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};

/** Wants to run all of it in one step, and then says nothing more. */
function modelThatRuns(codes: readonly string[]): MockLanguageModelV4 {
  const calls = codes.map((code, index) => ({
    type: 'tool-call' as const,
    toolCallId: `call-${index}`,
    toolName: 'run_code',
    input: JSON.stringify({ code, language: 'python' }),
  }));
  const steps = [calls, []];
  return new MockLanguageModelV4({
    doStream: async () => {
      const step = steps.shift() ?? [];
      const unified = step.length > 0 ? ('tool-calls' as const) : ('stop' as const);
      return {
        stream: simulateReadableStream({ chunks: [...step, { type: 'finish', finishReason: { unified, raw: undefined }, usage }] }),
      };
    },
  });
}

it('asks about each of several runs right below its code, and runs only what was allowed', async () => {
  const session = new Session({ backend: 'embedded', executor: await createExecutor('embedded'), approval: true });
  let text = '';
  const asked: string[] = [];
  const chat = new TerminalChat({
    session,
    model: modelThatRuns(['print("one", 1 + 1)', 'print("two", 2 + 2)']),
    modelInfo: { kind: 'openai-compatible', name: 'mock' },
    createPrinter: () =>
      new AnswerPrinter({
        hasColors: false,
        write: (piece) => {
          text += piece;
        },
      }),
    confirm: async () => {
      asked.push(text.slice(text.lastIndexOf('┌─')));
      return asked.length === 2;
    },
  });
  try {
    await chat.answer('go');
  } finally {
    await session.close();
  }
  expect(asked).toEqual([expect.stringContaining('print("one", 1 + 1)'), expect.stringContaining('print("two", 2 + 2)')]);
  expect(text).toContain('two 4\n');
  expect(text).not.toContain('one 2');
});
