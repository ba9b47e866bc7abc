import type { ServerResponse } from 'node:http';

/** The codes of JSON-RPC errors that the SDK's transport uses for the same failures. */
export const RPC_CODES = { parse: -32_700, refused: -32_000, noSession: -32_001, internal: -32_603 } as const;

export interface HttpFailure {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error that answers a request. */
export class HttpError extends Error {
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Formats a failure as a JSON-RPC error, which clients show to their users. */
function failureBody({ code, message }: HttpFailure): string {
  return JSON.stringify({ jsonrpc: '2.0', error: { code, message }, id: null });
}

/** Answers a request with a failure. Closes the connection, because the body of the request may not have been read. */
export function sendFailure(response: ServerResponse, failure: HttpFailure): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(failure.status, { 'content-type': 'application/json', connection: 'close', ...failure.headers });
  response.end(failureBody(failure));
}

/** Answers a web-standard request with a failure. */
export function failureResponse(failure: HttpFailure): Response {
  return new Response(failureBody(failure), {
    status: failure.status,
    headers: { 'content-type': 'application/json', ...failure.headers },
  });
}
