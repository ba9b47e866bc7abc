import { mediaTypeOf, type SandboxFiles } from '@sandpod/core';
import { parseWorkspacePath } from '@sandpod/core/backend';
import { quoteVisibly } from '@sandpod/core/text';
import { type Context, Hono } from 'hono';
import type { UploadedFile } from '../api-types.ts';
import { DemoFailure } from '../demo-failure.ts';
import { savedName } from '../saved-name.ts';
import { listWorkspace } from '../session/list-workspace.ts';
import type { DemoContext } from './demo-context.ts';
import { GUEST_POLICY } from './security-headers.ts';

export const MAX_UPLOAD_BYTES: number = 50 * 1024 * 1024;
/** Image types that the page shows. Files of all other types are only offered for download. */
const INLINE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml'];

/** Creates the routes for the files in a session's sandbox. */
export function fileRoutes({ sessions }: DemoContext): Hono {
  const routes = new Hono();
  routes.get('/sessions/:id/files', async (context) => {
    return context.json(await sessions.use(context.req.param('id'), (session) => session.withFiles(listWorkspace)));
  });
  routes.get('/sessions/:id/files/*', (context) => {
    const path = pathOf(context);
    return sessions.use(context.req.param('id'), (session) =>
      session.withFiles((files, abortSignal) => download(context, { files, path, abortSignal })),
    );
  });
  routes.put('/sessions/:id/files/*', async (context) => {
    const path = pathOf(context);
    const size = await sessions.use(context.req.param('id'), (session) =>
      session.withFiles((files, abortSignal) => upload(context, { files, path, abortSignal })),
    );
    return context.json({ path, size } satisfies UploadedFile, 201);
  });
  return routes;
}

/**
 * Returns the path after `/files/` in the URL, with each segment decoded separately. @throws {SandpodError} if the path is outside the
 * workspace.
 */
function pathOf({ req }: Context): string {
  const { pathname } = new URL(req.raw.url);
  const encoded = pathname.split('/').slice(5);
  try {
    return parseWorkspacePath(encoded.map(decodeURIComponent).join('/'));
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    const message = 'The file name in the address is malformed.';
    throw new DemoFailure({ code: 'bad-request', message, advice: 'Encode each part of the path with encodeURIComponent.' });
  }
}

interface FileCall {
  readonly files: SandboxFiles;
  readonly path: string;
  readonly abortSignal: AbortSignal;
}

async function download(context: Context, { files, path, abortSignal }: FileCall): Promise<Response> {
  const content = await files.readFile({ path, abortSignal });
  if (content === null) {
    const message = `The workspace has no file ${quoteVisibly(path)}.`;
    throw new DemoFailure({ code: 'not-found', message, advice: 'List the files again: the sandbox may have been replaced.' });
  }
  const mediaType = mediaTypeOf(path);
  const isShown = context.req.query('inline') === '1' && INLINE_TYPES.includes(mediaType);
  return context.body(content as ReadableStream<Uint8Array<ArrayBuffer>>, 200, {
    'content-type': isShown ? mediaType : 'application/octet-stream',
    'content-disposition': isShown ? 'inline' : attachment(path),
    'content-security-policy': GUEST_POLICY,
  });
}

/** Encodes a file name as RFC 6266 requires. Guests choose names, so the name is untrusted, including its text direction. */
function attachment(path: string): string {
  const name = savedName(path);
  const plain = name.replace(/[^\w. -]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

async function upload({ req }: Context, { files, path, abortSignal }: FileCall): Promise<number> {
  if (Number(req.header('content-length') ?? 0) > MAX_UPLOAD_BYTES) throw tooLarge();
  let size = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.length;
      if (size > MAX_UPLOAD_BYTES) controller.error(tooLarge());
      else controller.enqueue(chunk);
    },
  });
  const body = req.raw.body ?? new Blob([]).stream();
  const content = (body as ReadableStream<Uint8Array>).pipeThrough(counter);
  try {
    await files.writeFile({ path, content, abortSignal: AbortSignal.any([abortSignal, req.raw.signal]) });
  } catch (error) {
    throw size > MAX_UPLOAD_BYTES ? tooLarge() : error;
  }
  return size;
}

function tooLarge(): DemoFailure {
  const message = `A file can have at most ${MAX_UPLOAD_BYTES / 1024 / 1024} MiB.`;
  return new DemoFailure({ code: 'upload-too-large', message, advice: 'Upload a smaller file, or part of the file.' });
}
