import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { DemoFailure } from '../demo-failure.ts';
import { readJson } from './read-json.ts';

const MiB = 1024 * 1024;

/** Posts pieces to a route that reads JSON; resolves with the answer and the number of pieces that were read. */
async function post(pieces: Iterator<Uint8Array>): Promise<{ readonly body: unknown; readonly status: number; readonly read: number }> {
  const app = new Hono();
  app.post('/', async (context) => context.json(await readJson(context, z.object({ text: z.string() }))));
  app.onError((error, context) => {
    const { code, status } = error instanceof DemoFailure ? error : { code: String(error), status: 500 as const };
    return context.json({ code }, status);
  });
  let read = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const { done, value } = pieces.next();
      if (done) return controller.close();
      read += 1;
      controller.enqueue(value);
    },
  });
  const response = await app.request(new Request('http://localhost/', { method: 'POST', body, duplex: 'half' } as RequestInit));
  return { status: response.status, body: await response.json(), read };
}

it('reads a body that arrives in pieces', async () => {
  const { body } = await post([Buffer.from('{"text":'), Buffer.from('"x"}')].values());
  expect(body).toEqual({ text: 'x' });
});

it('refuses a body above 64 MiB before it has all of it', async () => {
  const piece = new Uint8Array(MiB).fill(0x20);
  const endless = Array.from({ length: 1_000 }, () => piece).values();
  const { status, body, read } = await post(endless);
  expect({ status, body }).toEqual({ status: 413, body: { code: 'upload-too-large' } });
  expect(read).toBeLessThan(70);
});
