import { addAbortListener } from 'node:events';
import { createUIMessageStreamResponse, generateId, type InferUIMessageChunk, toUIMessageStream } from 'ai';
import { Hono } from 'hono';
import { z } from 'zod';
import type { DemoAgent } from '../agent/demo-agent.ts';
import type { DemoMessage, ErrorDocument } from '../api-types.ts';
import { describeError } from '../describe-error.ts';
import { answeringAgent } from '../session/answering-agent.ts';
import type { Session } from '../session/session.ts';
import type { Turn } from '../session/turn.ts';
import { consentsIn } from './consents-in.ts';
import type { DemoContext } from './demo-context.ts';
import { readHistory, toPrompt } from './read-history.ts';
import { readJson } from './read-json.ts';

const KEEP_ALIVE_MS = 15_000;
const chatSchema = z.object({ messages: z.array(z.unknown()).min(1) });

type Chunk = InferUIMessageChunk<DemoMessage>;

/** Creates the route for the chat. The route receives a history, and responds with the agent's answer as the AI SDK's UI message stream. */
export function chatRoute(demo: DemoContext): Hono {
  const routes = new Hono();
  routes.post('/sessions/:id/chat', async (context) => {
    return await demo.sessions.use(context.req.param('id'), async (session) => {
      const { messages } = await readJson(context, chatSchema);
      const turn = await session.startTurn();
      // Until the answer ends, the session does not count as idle.
      demo.sessions.use(session.id, () => turn.ended).catch(() => {});
      addAbortListener(context.req.raw.signal, () => void turn.abort());
      try {
        const chunks = await answer(demo, { session, turn, messages });
        return createUIMessageStreamResponse({ stream: untilEnd(chunks, turn), keepAliveMs: KEEP_ALIVE_MS });
      } catch (error) {
        turn.end();
        throw error;
      }
    });
  });
  return routes;
}

interface Question {
  readonly session: Session;
  readonly turn: Turn;
  readonly messages: readonly unknown[];
}

async function answer(demo: DemoContext, { session, turn, messages }: Question): Promise<ReadableStream<Chunk>> {
  const history = await readHistory(messages);
  const { agent, source } = answeringAgent({ ...demo, session, turn, request: lastRequest(history) });
  const prompt = await toPrompt(history, agent.tools);
  session.useApprovals(consentsIn(prompt));
  const result = await agent.stream({ prompt, abortSignal: turn.abortSignal });
  return toUIMessageStream<DemoAgent['tools'], DemoMessage>({
    stream: result.stream,
    tools: agent.tools,
    originalMessages: history,
    generateMessageId: generateId,
    messageMetadata: ({ part }) => (part.type === 'start' ? { source, model: demo.modelInfo } : undefined),
    onError: (error) => describe(error, demo),
  });
}

function lastRequest(history: readonly DemoMessage[]): string {
  const message = history.findLast(({ role }) => role === 'user');
  return message?.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n') ?? '';
}

function describe(error: unknown, { onError }: DemoContext): string {
  const described = describeError(error);
  if (described.isBug) onError(error);
  return JSON.stringify({ error: described.error } satisfies ErrorDocument);
}

/** Forwards the answer. Ends the turn when the answer has been read or abandoned and none of its code runs any longer. */
function untilEnd(chunks: ReadableStream<Chunk>, turn: Turn): ReadableStream<Chunk> {
  const reader = chunks.getReader();
  return new ReadableStream<Chunk>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(value);
        await turn.executor.idle;
        turn.end();
        controller.close();
      } catch (error) {
        turn.end();
        controller.error(error);
      }
    },
    async cancel(reason) {
      const aborted = turn.abort();
      await reader.cancel(reason).catch(() => {});
      await turn.executor.idle;
      turn.end();
      await aborted;
    },
  });
}
