import { createExecutor, type ExecutorConfig } from '@sandpod/sandpod';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { SCENES } from '../agent/scenes/all-scenes.ts';
import type { DemoInfo, SessionDocument } from '../api-types.ts';
import type { Session } from '../session/session.ts';
import type { DemoContext } from './demo-context.ts';
import { MAX_UPLOAD_BYTES } from './file-routes.ts';
import { readJson } from './read-json.ts';

const PING_MS = 15_000;

const createSchema = z.object({ backend: z.string().optional(), approval: z.boolean().optional() });
const changeSchema = z.object({ approval: z.boolean() });

/** Creates the routes for information about the demo, and for sessions: create, change, stop and delete. */
export function sessionRoutes(demo: DemoContext): Hono {
  const { sessions } = demo;
  const routes = new Hono();
  routes.get('/info', (context) => context.json(infoOf(demo)));
  routes.post('/sessions', async (context) => {
    const { backend = demo.defaultBackend, approval = demo.defaultApproval } = await readJson(context, createSchema);
    const create = async (): ReturnType<typeof createExecutor> =>
      createExecutor({ backend, options: await demo.backendOptionsFor(backend) } as ExecutorConfig);
    const session = await sessions.create({ backend, approval, createExecutor: create });
    return context.json(session.toDocument(), 201);
  });
  routes.get('/sessions/:id', async (context) => {
    return context.json(await sessions.use(context.req.param('id'), (session) => session.toDocument()));
  });
  routes.patch('/sessions/:id', async (context) => {
    const change = async (session: Session): Promise<SessionDocument> => {
      session.needsApproval = (await readJson(context, changeSchema)).approval;
      return session.toDocument();
    };
    return context.json(await sessions.use(context.req.param('id'), change));
  });
  routes.post('/sessions/:id/stop', async (context) => {
    await sessions.use(context.req.param('id'), (session) => session.stop());
    return context.body(null, 204);
  });
  routes.delete('/sessions/:id', async (context) => {
    await sessions.close(context.req.param('id'));
    return context.body(null, 204);
  });
  routes.get('/sessions/:id/alive', async (context) => {
    const id = context.req.param('id');
    // Hono also routes HEAD requests here. Their end is not reported, so a HEAD request would count as a viewer forever.
    if (context.req.method === 'HEAD') return context.body(null, sessions.has(id) ? 200 : 404);
    const closed = Promise.withResolvers<void>();
    const leave = await sessions.attend(id, closed.resolve);
    return streamSSE(context, async (stream) => {
      stream.onAbort(() => {
        leave();
        closed.resolve();
      });
      await stream.writeSSE({ event: 'alive', data: '{}' });
      const pings = setInterval(() => void stream.writeSSE({ event: 'ping', data: '{}' }), PING_MS);
      await closed.promise;
      clearInterval(pings);
      await stream.writeSSE({ event: 'closed', data: '{}' });
    });
  });
  return routes;
}

function infoOf(demo: DemoContext): DemoInfo {
  return {
    backends: demo.catalog.list(),
    defaultBackend: demo.defaultBackend,
    model: demo.modelInfo,
    scenes: SCENES.map(({ id, title, prompt }) => ({ id, title, prompt })),
    defaultApproval: demo.defaultApproval,
    maxUploadBytes: MAX_UPLOAD_BYTES,
    ...(demo.warning === undefined ? {} : { warning: demo.warning }),
  };
}
