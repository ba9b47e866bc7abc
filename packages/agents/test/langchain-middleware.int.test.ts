import { Command, MemorySaver } from '@langchain/langgraph';
import { EmbeddedCommandLineCodeExecutor } from '@sandpod/embedded';
import { type AgentMiddleware, AIMessage, createAgent, fakeModel, HumanMessage, humanInTheLoopMiddleware, ToolMessage } from 'langchain';
import { beforeEach, describe, expect, test } from 'vitest';
import { type SandboxMiddlewareOptions, sandboxMiddleware } from '../src/langchain/index.ts';

/** The state of each executor that ran code, in the order of their first runs. */
let made: Watched[] = [];
beforeEach(() => {
  made = [];
});

class Watched extends EmbeddedCommandLineCodeExecutor {
  isRunning = false;

  override stream(
    ...parameters: Parameters<EmbeddedCommandLineCodeExecutor['stream']>
  ): ReturnType<EmbeddedCommandLineCodeExecutor['stream']> {
    if (!made.includes(this)) made.push(this);
    this.isRunning = true;
    return super.stream(...parameters);
  }

  override async stop(): Promise<void> {
    await super.stop();
    this.isRunning = false;
  }
}

function middleware(options: Partial<SandboxMiddlewareOptions> = {}): ReturnType<typeof sandboxMiddleware> {
  return sandboxMiddleware({ createExecutor: () => new Watched(), ...options });
}

function call(code: string, id = 'call-1'): { name: string; args: Record<string, unknown>; id: string } {
  return { name: 'run_code', args: { code }, id };
}

const go = { messages: [new HumanMessage('go')] };
const WRITE = 'open("note.txt", "w").write("from the first call")';
const READ = 'print(open("note.txt").read())';
const FOREVER = 'import time\nprint("begun", flush=True)\ntime.sleep(600)';

function toolTexts(messages: readonly unknown[]): string[] {
  return messages.filter((message) => ToolMessage.isInstance(message)).map(({ content }) => String(content));
}

describe('each run of an agent', () => {
  test('has a separate sandbox, which is gone when the agent has finished', async () => {
    const model = fakeModel()
      .respondWithTools([call(WRITE)])
      .respondWithTools([call(READ, 'call-2')])
      .respond(new AIMessage('first'))
      .respondWithTools([call(READ, 'call-3')])
      .respond(new AIMessage('second'));
    const agent = createAgent({ model, middleware: [middleware()] });
    const first = await agent.invoke(go);
    expect(toolTexts(first.messages)[1]).toContain('from the first call');
    expect(made.map(({ isRunning }) => isRunning)).toEqual([false]);
    const second = await agent.invoke(go);
    expect(toolTexts(second.messages)[0]).toContain('FileNotFoundError');
    expect(made.map(({ isRunning }) => isRunning)).toEqual([false, false]);
    expect(second).not.toHaveProperty('_sandpodRun');
  });

  test('keeps its sandbox after a call with an unknown argument', async () => {
    const model = fakeModel()
      .respondWithTools([call(WRITE)])
      .respondWithTools([{ ...call(READ, 'call-2'), args: { code: READ, timeout: 5 } }])
      .respondWithTools([call(READ, 'call-3')])
      .respond(new AIMessage('done'));
    const { messages } = await createAgent({ model, middleware: [middleware()] }).invoke(go);
    const [, refused, read] = toolTexts(messages);
    expect(refused).toContain('Unknown argument "timeout": expected only code, language');
    expect(read).toContain('from the first call');
    expect(made.map(({ isRunning }) => isRunning)).toEqual([false]);
  });

  test('tells the model about the sandbox', async () => {
    const model = fakeModel().respond(new AIMessage('hi'));
    await createAgent({ model, systemPrompt: 'Be kind.', middleware: [middleware()] }).invoke(go);
    const [system] = model.calls[0]?.messages ?? [];
    expect(system?.text).toMatch(/Be kind\.[\s\S]*run_code/);
    expect(made).toEqual([]);
  });

  test('creates no sandbox without a tool call, and can omit the prompt', async () => {
    const model = fakeModel().respond(new AIMessage('hi'));
    await createAgent({ model, systemPrompt: 'Be kind.', middleware: [middleware({ prompt: false })] }).invoke(go);
    expect(model.calls[0]?.messages[0]?.text).toBe('Be kind.');
  });
});

describe('the sandbox is removed without afterAgent', () => {
  test('when the model fails', async () => {
    const model = fakeModel()
      .respondWithTools([call(WRITE)])
      .respond(new Error('model down'));
    await expect(createAgent({ model, middleware: [middleware()] }).invoke(go)).rejects.toThrow('model down');
    await expect.poll(() => made.map(({ isRunning }) => isRunning), { timeout: 30_000 }).toEqual([false]);
  });

  test('when the run is aborted in the middle of code', async () => {
    const model = fakeModel().respondWithTools([call(FOREVER)]);
    const controller = new AbortController();
    const running = createAgent({ model, middleware: [middleware()] }).invoke(go, { signal: controller.signal });
    const rejection = expect(running).rejects.toThrow(/abort/i);
    await expect.poll(() => made.length, { timeout: 30_000 }).toBe(1);
    controller.abort();
    await rejection;
    await expect.poll(() => made.map(({ isRunning }) => isRunning), { timeout: 30_000 }).toEqual([false]);
  });

  test('when the reader leaves the stream', async () => {
    const model = fakeModel().respondWithTools([call(FOREVER)]);
    const agent = createAgent({ model, middleware: [middleware()] });
    for await (const event of await agent.stream(go, { streamMode: 'tools' })) if (event.event === 'on_tool_event') break;
    await expect.poll(() => made.map(({ isRunning }) => isRunning), { timeout: 30_000 }).toEqual([false]);
  });
});

/** LangChain's types do not compile with `exactOptionalPropertyTypes`. */
function askFirst(): AgentMiddleware {
  const create = humanInTheLoopMiddleware as unknown as (options: object) => AgentMiddleware;
  return create({ interruptOn: { run_code: { allowedDecisions: ['approve', 'reject'] } } });
}

describe('a run that waits for a person', () => {
  test('continues in the same sandbox after the code was approved', async () => {
    const model = fakeModel()
      .respondWithTools([call(WRITE)])
      .respondWithTools([call(READ, 'call-2')])
      .respond(new AIMessage('done'));
    const agent = createAgent({
      model,
      middleware: [middleware(), askFirst()],
      checkpointer: new MemorySaver(),
    });
    const thread = { configurable: { thread_id: 'one' } };
    const approve = new Command({ resume: { decisions: [{ type: 'approve' }] } });
    await agent.invoke(go, thread);
    expect(made).toEqual([]);
    await agent.invoke(approve, thread);
    expect(made.map(({ isRunning }) => isRunning)).toEqual([true]);
    const { messages } = await agent.invoke(approve, thread);
    expect(toolTexts(messages)[1]).toContain('from the first call');
    expect(made.map(({ isRunning }) => isRunning)).toEqual([false]);
  });

  test('loses its sandbox when the person takes too long', async () => {
    const model = fakeModel()
      .respondWithTools([call(WRITE)])
      .respondWithTools([call(READ, 'call-2')]);
    const agent = createAgent({
      model,
      middleware: [middleware({ idleMs: 200 }), askFirst()],
      checkpointer: new MemorySaver(),
    });
    const thread = { configurable: { thread_id: 'two' } };
    await agent.invoke(go, thread);
    await agent.invoke(new Command({ resume: { decisions: [{ type: 'approve' }] } }), thread);
    await expect.poll(() => made.map(({ isRunning }) => isRunning), { timeout: 30_000 }).toEqual([false]);
  });
});
