import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type SandboxFiles, SandpodError } from '@sandpod/core';
import { parseWorkspacePath } from '@sandpod/core/backend';
import { shownPath } from '../../shared/index.ts';
import { failureLine } from '../tool-target.ts';
import { HttpError, RPC_CODES } from './http-error.ts';
import type { HttpSession } from './http-session.ts';

interface Transfer {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The path in the URL, still encoded. */
  readonly encodedPath: string;
}

/**
 * Transfers a file of any size with GET or PUT, in limited memory. Transfers do not wait for running code: a write replaces a file only
 * after all bytes have arrived.
 *
 * @throws {HttpError} if the transfer fails.
 */
export async function transferFile({ executor, ended }: HttpSession, { request, response, encodedPath }: Transfer): Promise<void> {
  const { files } = executor;
  if (files === undefined) throw failed(404, 'This sandbox keeps no files.');
  const abort = new AbortController();
  response.once('close', () => abort.abort());
  try {
    const call = { files, path: decodePath(encodedPath), abortSignal: AbortSignal.any([abort.signal, ended]) };
    if (request.method === 'GET') await download(response, call);
    else if (request.method === 'PUT') await upload({ request, response }, call);
    else throw failed(405, 'Expected GET or PUT.');
  } catch (error) {
    if (ended.aborted) throw failed(404, 'The session has ended.');
    if (SandpodError.isInstance(error)) throw failed(error.isRetryable ? 502 : 400, failureLine(error));
    throw error;
  }
}

interface FileCall {
  readonly files: SandboxFiles;
  readonly path: string;
  readonly abortSignal: AbortSignal;
}

function decodePath(encoded: string): string {
  try {
    return parseWorkspacePath(encoded.split('/').map(decodeURIComponent).join('/'));
  } catch (error) {
    if (error instanceof URIError) throw failed(400, 'The path in the URL is malformed: encode each part of it.');
    throw error;
  }
}

async function download(response: ServerResponse, { files, path, abortSignal }: FileCall): Promise<void> {
  const stat = await files.stat({ path, abortSignal });
  const content = stat && (await files.readFile({ path, abortSignal }));
  if (content === null) throw failed(404, `The file ${shownPath(path)} does not exist.`);
  // Guests write these files, so a browser must neither show them nor guess their type.
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  await pipeline(Readable.fromWeb(content as Parameters<typeof Readable.fromWeb>[0]), response, { signal: abortSignal });
}

async function upload({ request, response }: Omit<Transfer, 'encodedPath'>, { files, path, abortSignal }: FileCall): Promise<void> {
  let size = 0;
  const content = Readable.toWeb(request).pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength;
        controller.enqueue(chunk);
      },
    }),
  );
  await files.writeFile({ path, content, abortSignal });
  response.writeHead(201, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify({ path, size })}\n`);
}

function failed(status: number, message: string): HttpError {
  return new HttpError({ status, code: RPC_CODES.refused, message });
}
