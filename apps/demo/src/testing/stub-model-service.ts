import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The response to a request. */
export type StubReply =
  | { readonly text: string; readonly code?: { readonly code: string; readonly language?: string } }
  | { readonly status: number; readonly message: string };

export interface StubRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: unknown }[];
    readonly tools?: unknown;
  };
}

export interface StubModelService extends AsyncDisposable {
  readonly origin: string;
  readonly requests: readonly StubRequest[];
}

/** Starts a local service with OpenAI's streaming interface. The service sends the given replies in order. */
export async function startStubModelService(replies: readonly StubReply[]): Promise<StubModelService> {
  const requests: StubRequest[] = [];
  const left = [...replies];
  const server = createServer((request, response) => {
    void (async () => {
      requests.push({ path: request.url ?? '', authorization: request.headers.authorization, body: JSON.parse(await readBody(request)) });
      answer(response, left.shift() ?? { status: 500, message: 'The stub has no reply left.' });
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return body;
}

function answer(response: ServerResponse, reply: StubReply): void {
  if ('status' in reply) {
    response.writeHead(reply.status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message: reply.message } }));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (delta: object, finish_reason: string | null = null): void => {
    const choice = { index: 0, delta, finish_reason };
    response.write(
      `data: ${JSON.stringify({ id: 'stub', object: 'chat.completion.chunk', created: 0, model: 'stub', choices: [choice] })}\n\n`,
    );
  };
  send({ role: 'assistant', content: '' });
  for (const word of reply.text.match(/\S+\s*/g) ?? []) send({ content: word });
  if (reply.code) {
    const call = { index: 0, id: `stub-${crypto.randomUUID()}`, type: 'function', function: { name: 'run_code', arguments: '' } };
    send({ tool_calls: [call] });
    for (const piece of JSON.stringify(reply.code).match(/[\s\S]{1,7}/g) ?? []) {
      send({ tool_calls: [{ index: 0, function: { arguments: piece } }] });
    }
  }
  send({}, reply.code ? 'tool_calls' : 'stop');
  response.end('data: [DONE]\n\n');
}
