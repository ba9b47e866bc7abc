import { addAbortListener } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { SandpodError } from '@sandpod/core';
import type { WebSocket } from 'ws';
import type { KubeClient, KubeRequest } from './kube-client.ts';
import { describeCall, type KubeCall, KubeError } from './kube-error.ts';
import { ws } from './libraries.ts';

const HANDSHAKE_MS = 20_000;
const MAX_ERROR_BYTES = 64 * 1024;
const MAX_FRAME_BYTES = 32 * 1024 * 1024;

/** Opens a web socket to the API server. @throws {KubeError} with the server's message if the server refuses. */
export async function openWebSocket(
  client: KubeClient,
  options: Pick<KubeRequest, 'call' | 'query' | 'abortSignal'> & { readonly protocols: string[] },
): Promise<WebSocket> {
  const { call, query, protocols, abortSignal } = options;
  abortSignal?.throwIfAborted();
  const { agent, ...tls } = await client.tlsOptions();
  const url = client.url(call, query);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  client.publish(call);
  const { promise, resolve, reject } = Promise.withResolvers<WebSocket>();
  const socket = new (ws().WebSocket)(url, protocols, {
    ...tls,
    // The agent keeps its original certificate even after a plugin has replaced the certificate. The agent is therefore used only if a
    // proxy requires it.
    ...(client.settings.config.getCurrentCluster()?.proxyUrl === undefined ? {} : { agent }),
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
  } as ConstructorParameters<typeof WebSocket>[2]);
  using _aborting =
    abortSignal &&
    addAbortListener(abortSignal, () => {
      reject(abortSignal.reason);
      socket.terminate();
    });
  socket.once(
    'unexpected-response',
    (_request, response) => void refusal({ call, source: client.settings.source }, response).then(reject, reject),
  );
  socket.once('error', (error) => reject(unreachable(call, error)));
  socket.once('open', () => {
    // Frames that arrive with the handshake must wait for a listener.
    socket.pause();
    resolve(socket);
  });
  return await promise;
}

async function refusal(request: { readonly call: KubeCall; readonly source: string }, response: IncomingMessage): Promise<KubeError> {
  let body = '';
  for await (const chunk of response) {
    body += String(chunk);
    if (body.length > MAX_ERROR_BYTES) break;
  }
  response.destroy();
  const retryAfterMs = Number(response.headers['retry-after']) * 1_000;
  return new KubeError({ ...request, status: response.statusCode ?? 0, body, retryAfterMs });
}

function unreachable(call: KubeCall, error: Error): SandpodError {
  return new SandpodError({ code: 'transport', message: `Could not ${describeCall(call)}: ${error.message}`, cause: error });
}
