/** `pnpm demo`: builds the chat page if necessary, then starts the demo in `apps/demo` with the given flags. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { newestMs } from './newest-ms.ts';

const app = join(import.meta.dirname, '../apps/demo');
const builtPage = join(app, 'dist/web/index.html');
/** The sources of the chat page. Other packages that the page imports are not listed. */
const sources = ['src/web', 'src/api-types.ts', 'src/saved-name.ts', '../../packages/core/src/text', 'vite.config.ts', 'package.json'];

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function isPageCurrent(): boolean {
  const builtMs = newestMs(builtPage);
  return sources.every((source) => newestMs(join(app, source)) <= builtMs);
}

/** Runs a Node program in this terminal. Resolves with its exit code. */
async function runNode(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: 'inherit', ...options });
  // The terminal sends its signals to the child too. A signal that only this process receives is passed on.
  const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, passOn);
  const [code] = await once(child, 'exit');
  for (const signal of SIGNALS) process.off(signal, passOn);
  return typeof code === 'number' ? code : 130;
}

async function buildPage(): Promise<number> {
  const startedMs = performance.now();
  process.stdout.write('Building the page … ');
  const manifest = createRequire(join(app, 'package.json')).resolve('vite/package.json');
  // The caller's NODE_ENV could cause a development build.
  const env = { ...process.env, NODE_ENV: 'production' };
  const code = await runNode([join(manifest, '../bin/vite.js'), 'build', '--logLevel', 'warn'], { cwd: app, env });
  if (code === 0) process.stdout.write(`done in ${((performance.now() - startedMs) / 1_000).toFixed(1)} s.\n`);
  return code;
}

/** The embedded sandbox needs this part of its build even if the demo runs sources. */
function prepareInterpreters(): Promise<number> {
  return runNode(['--conditions=@sandpod/source', join(import.meta.dirname, '../packages/embedded/build/prepare-interpreters.ts')]);
}

const args = process.argv.slice(2);
const needsPage = !args.some((arg) => ['--terminal', '--help', '-h'].includes(arg));
const demo = ['--conditions=@sandpod/source', join(app, 'src/main.ts')];
// The build takes a few seconds, so wrong flags are reported first.
const prepare = async (): Promise<number> =>
  (await runNode([...demo, '--check', ...args])) || (await prepareInterpreters()) || (await buildPage());
const failure = needsPage && !isPageCurrent() ? await prepare() : 0;
process.exitCode = failure || (await runNode([...demo, ...args]));
