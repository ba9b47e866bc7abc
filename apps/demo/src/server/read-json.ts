import type { Context } from 'hono';
import type { z } from 'zod';
import { DemoFailure } from '../demo-failure.ts';

/** Maximum size of a body in bytes. The limit is large, because a history contains the images that runs created. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Reads the JSON body of a request. @throws {DemoFailure} `bad-request` */
export async function readJson<Schema extends z.ZodType>(context: Context, schema: Schema): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(parseText(await readText(context)));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badRequest(`The request body is invalid: ${issue?.path.join('.') || 'body'}: ${issue?.message}.`);
}

async function readText({ req }: Context): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of piecesOf(req.raw.body)) {
    size += piece.length;
    if (size > MAX_BYTES) {
      const message = `The request body has more than ${MAX_BYTES} bytes.`;
      throw new DemoFailure({ code: 'upload-too-large', message, advice: 'Start a new chat: the history is too long.' });
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** Yields the pieces of a body. If reading fails, the connection was lost, which is not an error in the server. */
async function* piecesOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* body ?? [];
  } catch {
    throw badRequest('The request was interrupted.');
  }
}

function parseText(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    throw badRequest('The request body is not JSON.');
  }
}

function badRequest(message: string): DemoFailure {
  return new DemoFailure({ code: 'bad-request', message, advice: 'Reload the page.' });
}
