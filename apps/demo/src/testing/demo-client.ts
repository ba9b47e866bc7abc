import type { CreateSessionRequest, ErrorDocument, SessionDocument } from '../api-types.ts';
import { ChatClient } from './chat-client.ts';

/** Uses the demo's HTTP interface in the same way as the page. */
export class DemoClient {
  readonly origin: string;
  readonly port: number;
  readonly #opened: string[] = [];

  constructor(port: number) {
    this.port = port;
    this.origin = `http://127.0.0.1:${port}`;
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.origin}${path}`, { ...init, headers: { 'x-sandpod-demo': '1', ...init.headers } });
  }

  async json<Value>(path: string, init?: RequestInit): Promise<Value> {
    const response = await this.fetch(path, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Value;
  }

  async createSession(request: CreateSessionRequest = {}): Promise<SessionDocument> {
    const session = await this.json<SessionDocument>('/api/sessions', { method: 'POST', body: JSON.stringify(request) });
    this.#opened.push(session.id);
    return session;
  }

  /** Ends the sessions that this client opened. */
  async closeSessions(): Promise<void> {
    await Promise.all(this.#opened.splice(0).map((id) => this.fetch(`/api/sessions/${id}`, { method: 'DELETE' })));
  }

  /** Sends a request that should fail, and returns its status and error. */
  async failure(path: string, init?: RequestInit): Promise<ErrorDocument['error'] & { readonly status: number }> {
    const response = await this.fetch(path, init);
    const { error } = (await response.json()) as ErrorDocument;
    return { status: response.status, ...error };
  }

  async openChat(request: CreateSessionRequest = {}): Promise<ChatClient> {
    return new ChatClient(this, (await this.createSession(request)).id);
  }
}
