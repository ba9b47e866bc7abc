import { once } from 'node:events';
import { join } from 'node:path';
import { isLoopback } from '@sandpod/core/server';
import { loadBackend } from '@sandpod/sandpod';
import { Interruption } from '@sandpod/sandpod/interruption';
import type { ModelChoice } from '../agent/choose-model.ts';
import { loadModel } from '../agent/load-model.ts';
import { bugText } from '../bug-text.ts';
import { backendOptionsFor, type DemoOptions } from '../demo-options.ts';
import { BackendCatalog } from './backend-catalog.ts';
import type { DemoContext } from './demo-context.ts';
import { openBrowser } from './open-browser.ts';
import { DEFAULT_SESSION_LIMITS, SessionStore } from './session-store.ts';
import { type RunningServer, startServer } from './start-server.ts';

const PAGE_DIRECTORY = join(import.meta.dirname, '../../dist/web');

/** Serves the chat until the process is interrupted. Resolves with the exit code. */
export async function runServer(options: DemoOptions, choice: ModelChoice): Promise<number> {
  using interruption = new Interruption();
  const demo = await createContext(options, choice);
  const { hostname, port } = options;
  {
    await using server = await startServer({ demo, pageDirectory: PAGE_DIRECTORY, hostname, port });
    process.stdout.write(greeting(server, demo));
    if (options.opensBrowser) openBrowser(server.url);
    // Loads the back end in advance. If that fails, the first session reports the failure.
    loadBackend(options.backend).catch(() => {});
    if (!interruption.signal.aborted) await once(interruption.signal, 'abort');
    process.stdout.write('\nRemoving the sandboxes … (press Ctrl-C again to exit now; they then expire)\n');
  }
  process.stdout.write('Done.\n');
  return 0;
}

async function createContext(options: DemoOptions, choice: ModelChoice): Promise<DemoContext> {
  const { hostname, backendOptions } = options;
  const optionsFor = (backend: string): Promise<object> => backendOptionsFor(backend, backendOptions);
  const onError = (error: unknown): void => {
    process.stderr.write(bugText(error));
  };
  const warning = `This server listens on ${hostname}. Anyone who can reach it can run code on this machine's back ends.`;
  return {
    sessions: new SessionStore(DEFAULT_SESSION_LIMITS, onError),
    catalog: new BackendCatalog(optionsFor),
    backendOptionsFor: optionsFor,
    defaultBackend: options.backend,
    defaultApproval: options.needsApproval,
    model: await loadModel(choice),
    modelInfo: choice.info,
    ...(isLoopback(hostname) ? {} : { warning }),
    onError,
  };
}

function greeting({ url, otherUrls }: RunningServer, { modelInfo, defaultBackend, warning }: DemoContext): string {
  const answers =
    modelInfo.kind === 'scripted'
      ? 'scripted, because no model is set up (see --help); the code really runs'
      : `from ${modelInfo.name} (${modelInfo.kind})`;
  return `
  sandpod demo: ${url}
${otherUrls.map((other) => `  elsewhere:    ${other}\n`).join('')}
  Code runs on: ${defaultBackend}
  Answers are:  ${answers}
${warning === undefined ? '' : `\n  WARNING: ${warning}\n`}
  Stop with Ctrl-C.
`;
}
