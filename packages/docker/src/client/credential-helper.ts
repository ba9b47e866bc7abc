import { execFile } from 'node:child_process';
import { z } from 'zod';

/** Milliseconds that a helper may take; some ask a key chain, and that asks a person. */
const TIMEOUT_MS = 30_000;
const MOST_BYTES = 1024 * 1024;

const answerSchema = z.object({ Username: z.string(), Secret: z.string() });

export interface HelperQuestion {
  /** What comes after `docker-credential-`. */
  readonly helper: string;
  readonly registry: string;
  /** Ends the helper. */
  readonly abortSignal?: AbortSignal | undefined;
}

/** What a helper stores for one registry. */
export interface StoredSecret {
  readonly username: string;
  readonly secret: string;
}

/**
 * Asks `docker-credential-NAME` for the credentials of a registry; undefined when it has none.
 *
 * @throws {Error} when the helper is missing or fails, without anything that it stores.
 */
export async function askCredentialHelper(question: HelperQuestion): Promise<StoredSecret | undefined> {
  const { helper } = question;
  if (!/^[\w.-]+$/.test(helper)) throw new Error(`expected the name of a credential helper, given ${JSON.stringify(helper)}`);
  const program = `docker-credential-${helper}`;
  const { failure, stdout } = await runHelper(program, question);
  if (failure === undefined) {
    const { data } = answerSchema.safeParse(parseJson(stdout));
    if (data === undefined) throw new Error(`${program} did not answer as a credential helper does`);
    return { username: data.Username, secret: data.Secret };
  }
  if (/credentials not found/i.test(stdout)) return undefined;
  throw new Error(failure.code === 'ENOENT' ? `${program} is not installed` : `${program} failed: ${stdout.trim() || failure.message}`);
}

interface HelperRun {
  readonly failure: (Error & { readonly code?: unknown }) | undefined;
  readonly stdout: string;
}

/** The registry travels on standard input, as the protocol of the helpers wants it. */
function runHelper(program: string, { registry, abortSignal }: HelperQuestion): Promise<HelperRun> {
  const { promise, resolve } = Promise.withResolvers<HelperRun>();
  const limits = { timeout: TIMEOUT_MS, maxBuffer: MOST_BYTES, windowsHide: true, signal: abortSignal };
  const child = execFile(program, ['get'], limits, (error, stdout) => resolve({ failure: error ?? undefined, stdout }));
  // A helper may end without reading.
  child.stdin?.on('error', () => {});
  child.stdin?.end(registry);
  return promise;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
