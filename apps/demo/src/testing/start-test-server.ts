import { join } from 'node:path';
import { chooseModel } from '../agent/choose-model.ts';
import { loadModel } from '../agent/load-model.ts';
import { sceneScript } from '../agent/scene-script.ts';
import { ScriptedModel } from '../agent/scripted-model.ts';
import { BackendCatalog } from '../server/backend-catalog.ts';
import { DEFAULT_SESSION_LIMITS, type SessionLimits, SessionStore } from '../server/session-store.ts';
import { startServer } from '../server/start-server.ts';
import { DemoClient } from './demo-client.ts';

export interface TestServerOptions {
  readonly limits?: Partial<SessionLimits>;
  /** Environment variables that select the model. By default, no variables are set, which selects the scripted model. */
  readonly env?: Readonly<Record<string, string>>;
  readonly hostname?: string;
  readonly pageDirectory?: string;
}

export interface TestServer extends AsyncDisposable {
  readonly client: DemoClient;
  readonly sessions: SessionStore;
  /** The unexpected errors that the server reported. */
  readonly errors: readonly unknown[];
}

/** Starts a real server on a free port, with the embedded back end. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const errors: unknown[] = [];
  const onError = (error: unknown): void => void errors.push(error);
  const choice = chooseModel(options.env ?? {});
  const sessions = new SessionStore({ ...DEFAULT_SESSION_LIMITS, ...options.limits }, onError);
  const isScripted = choice.info.kind === 'scripted';
  const server = await startServer({
    hostname: options.hostname ?? '127.0.0.1',
    port: 0,
    pageDirectory: options.pageDirectory ?? join(import.meta.dirname, 'no-page'),
    demo: {
      sessions,
      catalog: new BackendCatalog(async () => ({})),
      backendOptionsFor: async () => ({}),
      defaultBackend: 'embedded',
      defaultApproval: false,
      model: isScripted ? new ScriptedModel({ name: 'scripted', script: sceneScript, pauseMs: 0 }) : await loadModel(choice),
      modelInfo: choice.info,
      onError,
    },
  });
  return { client: new DemoClient(server.port), sessions, errors, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}
