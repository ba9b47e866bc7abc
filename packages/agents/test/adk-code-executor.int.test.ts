import { setTimeout as sleep } from 'node:timers/promises';
import { BaseLlm, type BaseLlmConnection, type Event, InMemoryRunner, LlmAgent, type LlmRequest, type LlmResponse } from '@google/adk';
import type { CodeExecutor } from '@sandpod/core';
import { EmbeddedCommandLineCodeExecutor } from '@sandpod/embedded';
import { afterAll, describe, expect, test } from 'vitest';
import { AdkCodeExecutor, type AdkCodeExecutorOptions, CodeBlockProcessor } from '../src/adk/index.ts';

type FinishReason = NonNullable<LlmResponse['finishReason']>;

/** A model that returns the given texts in order and records its requests. */
class ScriptedModel extends BaseLlm {
  readonly asked: string[] = [];
  readonly #answers: string[];

  constructor(answers: readonly string[]) {
    super({ model: 'scripted' });
    this.#answers = [...answers];
  }

  override async *generateContentAsync(request: LlmRequest): AsyncGenerator<LlmResponse, void> {
    this.asked.push(JSON.stringify(request.contents));
    const content = { role: 'model', parts: [{ text: this.#answers.shift() ?? 'nothing more to say' }] };
    // Real models do the same.
    yield { content, turnComplete: true, finishReason: 'STOP' as FinishReason, usageMetadata: { totalTokenCount: 7 } };
  }

  override connect(): Promise<BaseLlmConnection> {
    throw new Error('not a live model');
  }
}

const executor = new EmbeddedCommandLineCodeExecutor();
afterAll(() => executor.stop());

interface Conversation {
  readonly runner: InMemoryRunner;
  readonly model: ScriptedModel;
  readonly sessionId: string;
  say(text: string, abortSignal?: AbortSignal): Promise<Event[]>;
}

async function converse(options: AdkCodeExecutorOptions | AdkCodeExecutor, answers: readonly string[]): Promise<Conversation> {
  const model = new ScriptedModel(answers);
  const codeExecutor = options instanceof AdkCodeExecutor ? options : new AdkCodeExecutor(options);
  const runner = new InMemoryRunner({
    agent: new LlmAgent({ name: 'analyst', model, codeExecutor, responseProcessors: [new CodeBlockProcessor()] }),
    appName: 'test',
  });
  const { id: sessionId } = await runner.sessionService.createSession({ appName: 'test', userId: 'u' });
  const say = async (text: string, abortSignal?: AbortSignal): Promise<Event[]> => {
    const newMessage = { role: 'user', parts: [{ text }] };
    return Array.fromAsync(runner.runAsync({ userId: 'u', sessionId, newMessage, ...(abortSignal && { abortSignal }) }));
  };
  return { runner, model, sessionId, say };
}

function python(code: string): string {
  return `Let me compute it.\n\`\`\`python\n${code}\n\`\`\`\n`;
}

function resultPart(events: readonly Event[]): { outcome?: unknown; output?: string } | undefined {
  const part = events.flatMap(({ content }) => content?.parts ?? []).find((each) => each.codeExecutionResult);
  return part?.codeExecutionResult;
}

describe('an agent of the Agent Development Kit', () => {
  test('runs the code in an answer and reads its output', async () => {
    const { model, say } = await converse({ executor }, [python('print(6 * 7)'), 'It is 42.']);
    const events = await say('What is 6 * 7?');
    expect(resultPart(events)).toEqual({ outcome: 'OUTCOME_OK', output: '42' });
    expect(events.at(-1)?.content?.parts?.[0]?.text).toBe('It is 42.');
    expect(model.asked[1]).toContain('42');
    expect(events[0]?.content?.parts).toMatchObject([
      { text: 'Let me compute it.' },
      { executableCode: { code: 'print(6 * 7)\n', language: 'PYTHON' } },
    ]);
    expect(model.asked[1]).toContain('print(6 * 7)');
  });

  test('counts the tokens of each answer once', async () => {
    const { say } = await converse({ executor }, [python('print(1)'), 'Done.']);
    expect((await say('go')).map(({ usageMetadata }) => usageMetadata?.totalTokenCount)).toEqual([7, undefined, 7]);
  });

  test('reads about a failure and corrects it', async () => {
    const { say } = await converse({ executor }, [python('print(missing)'), python('print("fixed")'), 'Done.']);
    const events = await say('go');
    const results = events.flatMap(({ content }) => content?.parts ?? []).flatMap((part) => part.codeExecutionResult?.outcome ?? []);
    expect(results).toEqual(['OUTCOME_FAILED', 'OUTCOME_OK']);
    expect(resultPart(events)?.output).toContain('NameError');
  });

  test('does not treat a warning on stderr as a failure', async () => {
    const code = 'import sys; print("warning: old", file=sys.stderr); print("fine")';
    const { say } = await converse({ executor }, [python(code), 'Done.']);
    const result = resultPart(await say('go'));
    expect(result?.outcome).toBe('OUTCOME_OK');
    expect(result?.output).toContain('warning: old');
    expect(result?.output).toContain('fine');
  });

  test('is told when code printed nothing, so that it does not run the code again', async () => {
    const { say } = await converse({ executor }, [python('pass'), 'Done.']);
    expect(resultPart(await say('go'))?.output).toContain('printed nothing');
  });

  test('gets the files that the code created as artifacts', async () => {
    const { runner, sessionId, say } = await converse({ executor }, [python('open("plot.bin", "wb").write(bytes([0, 255, 1]))'), 'Done.']);
    const events = await say('go');
    expect(events.some(({ actions }) => 'plot.bin' in (actions?.artifactDelta ?? {}))).toBe(true);
    const artifact = await runner.artifactService?.loadArtifact({ appName: 'test', userId: 'u', sessionId, filename: 'plot.bin' });
    expect(Buffer.from(artifact?.inlineData?.data ?? '', 'base64')).toEqual(Buffer.from([0, 255, 1]));
  });

  test('runs a shell block as shell, and ignores blocks that are not code', async () => {
    const { say } = await converse({ executor }, ['```json\n{}\n```\n~~~bash\necho "$((6 * 7))"\n~~~\n', '```\nno language\n```']);
    const events = await say('go');
    expect(resultPart(events)).toEqual({ outcome: 'OUTCOME_OK', output: '42' });
    expect(events).toHaveLength(3);
  });

  test('drops the text after the code, and runs a CRLF block exactly', async () => {
    const answer = 'Look:\r\n```python\r\nprint("""a\r\nb""")\r\n```\r\nIt printed 17.';
    const { model, say } = await converse({ executor }, [answer, 'Done.']);
    expect(resultPart(await say('go'))?.output).toBe('a\nb');
    expect(model.asked[1]).toContain('Look:');
    expect(model.asked[1]).not.toContain('17');
  });

  test('stops running code after two failures in a row', async () => {
    const broken = python('raise SystemExit("no")');
    const { say } = await converse({ executor }, [broken, broken, broken, 'never asked']);
    const events = await say('go');
    expect(events.flatMap(({ content }) => content?.parts ?? []).filter((part) => part.codeExecutionResult)).toHaveLength(2);
    expect(events.at(-1)?.content?.parts?.[0]?.text).toBe(broken);
  });

  test('aborting the run of the agent aborts the code', async () => {
    await executor.files.deleteFile({ path: 'beat.txt' });
    const code = 'import time\nwhile True: time.sleep(0.05); open("beat.txt", "a").write("x")';
    const { say } = await converse({ executor }, [python(code), 'Done.']);
    const controller = new AbortController();
    const running = say('go', controller.signal).catch((error: unknown) => error);
    const beats = async (): Promise<number> => (await executor.files.stat({ path: 'beat.txt' }))?.size ?? 0;
    await expect.poll(beats, { timeout: 30_000 }).toBeGreaterThan(0);
    controller.abort();
    await running;
    const isQuiet = async (): Promise<boolean> => {
      const before = await beats();
      await sleep(500);
      return before === (await beats());
    };
    await expect.poll(isQuiet, { timeout: 30_000 }).toBe(true);
  });
});

describe('state', () => {
  test('each session has its own executor and keeps its files', async () => {
    const made: CodeExecutor[] = [];
    const createExecutor = (): CodeExecutor => {
      const fresh = new EmbeddedCommandLineCodeExecutor();
      made.push(fresh);
      return fresh;
    };
    await using shared = new AdkCodeExecutor({ createExecutor });
    expect(shared.stateful).toBe(true);
    const write = python('open("secret.txt", "w").write("mine")');
    const read = python('import os; print(os.path.exists("secret.txt"))');
    const first = await converse(shared, [write, 'ok', read, 'ok']);
    const second = await converse(shared, [read, 'ok']);
    await first.say('write');
    expect(resultPart(await first.say('read'))?.output).toContain('True');
    expect(resultPart(await second.say('read'))?.output).toContain('False');
    expect(made).toHaveLength(2);
  });

  test('without state each block gets a new executor, which is stopped afterwards', async () => {
    const stopped: boolean[] = [];
    class Watched extends EmbeddedCommandLineCodeExecutor {
      override async stop(): Promise<void> {
        await super.stop();
        stopped.push(true);
      }
    }
    const { say } = await converse({ createExecutor: () => new Watched(), stateful: false }, [
      python('open("left.txt", "w").write("x")'),
      python('import os; print(os.listdir("."))'),
      'Done.',
    ]);
    const events = await say('go');
    expect(JSON.stringify(events.at(-2))).not.toContain('left.txt');
    expect(stopped).toEqual([true, true]);
  });

  test('expects exactly one of executor and createExecutor', () => {
    expect(() => new AdkCodeExecutor({} as AdkCodeExecutorOptions)).toThrow('given neither');
  });
});
