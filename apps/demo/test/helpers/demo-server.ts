import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildPage } from './build-page.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');
const GONE_MS = 30_000;

export interface DemoServerOptions {
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** The demo as users start it: a separate process on a free port, without a browser. */
export class DemoServer implements AsyncDisposable {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
  }

  static async start({ flags = [], environment = {} }: DemoServerOptions = {}): Promise<DemoServer> {
    await buildPage();
    const argv = [MAIN, '--no-open', ...(flags.includes('--port') ? [] : ['--port', '0']), ...flags];
    const env = { ...process.env, SANDPOD_DEMO_MODEL: 'scripted', ...environment };
    const child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    return new DemoServer(child, await readUrl(child));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Ends the demo as Ctrl-C does: removes every sandbox before the process ends. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGINT');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), GONE_MS);
    await gone;
    clearTimeout(timer);
  }
}

async function readUrl(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = '';
  const read = (chunk: Buffer): void => {
    said += chunk.toString();
    const url = /http:\/\/\S+\//.exec(said)?.[0];
    if (url !== undefined) resolve(url);
  };
  child.stdout?.on('data', read);
  child.stderr?.on('data', read);
  child.once('exit', (code) => reject(new Error(`The demo ended with exit code ${code} before it listened:\n${said}`)));
  return promise;
}
