import type {
  ChangeSessionRequest,
  CreateSessionRequest,
  DemoHeaderName,
  DemoInfo,
  FileListing,
  SessionDocument,
} from '../../api-types.ts';
import { DemoFailure, parseErrorDocument } from './demo-failure.ts';

const HEADER: DemoHeaderName = 'x-sandpod-demo';

/** The headers of every request that changes something. A page from another site cannot send them. */
export const DEMO_HEADERS: Readonly<Record<string, string>> = { [HEADER]: '1' };

export function sessionUrl(id: string, rest = ''): string {
  return `/api/sessions/${encodeURIComponent(id)}${rest}`;
}

/** Returns the URL of a file. Set `inline` only for images. The server offers all other files as downloads. */
export function fileUrl(session: string, path: string, options: { inline?: boolean } = {}): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return sessionUrl(session, `/files/${encoded}${options.inline ? '?inline=1' : ''}`);
}

export const getInfo = (): Promise<DemoInfo> => readJson('/api/info');

export const createSession = (request: CreateSessionRequest): Promise<SessionDocument> =>
  readJson('/api/sessions', { method: 'POST', body: JSON.stringify(request) });

export const getSession = (id: string): Promise<SessionDocument> => readJson(sessionUrl(id));

export const setApproval = (id: string, approval: boolean): Promise<SessionDocument> =>
  readJson(sessionUrl(id), { method: 'PATCH', body: JSON.stringify({ approval } satisfies ChangeSessionRequest) });

export const listFiles = (id: string): Promise<FileListing> => readJson(sessionUrl(id, '/files'));

/** Ends the session's current run. The chat's stream then reports how the run ended. */
export async function stopRun(id: string): Promise<void> {
  await request(sessionUrl(id, '/stop'), { method: 'POST' });
}

export async function deleteSession(id: string): Promise<void> {
  await request(sessionUrl(id), { method: 'DELETE', keepalive: true });
}

async function readJson<T>(url: string, init: RequestInit = {}): Promise<T> {
  const response = await request(url, init);
  return (await response.json()) as T;
}

async function request(url: string, init: RequestInit): Promise<Response> {
  const headers = { ...DEMO_HEADERS, ...(init.body !== undefined && { 'content-type': 'application/json' }) };
  const response = await fetch(url, { ...init, headers, signal: init.signal ?? AbortSignal.timeout(60_000) });
  if (response.ok) return response;
  const text = await response.text();
  const said = parseErrorDocument(text);
  throw new DemoFailure(said ?? { code: 'http', message: `The demo responded with ${response.status}.` }, response.status);
}
