import { execFile } from 'node:child_process';
import { z } from 'zod';

/** Time limit for a helper, in milliseconds. Some helpers open a key chain that prompts the user. */
const TIMEOUT_MS = 30_000;
const MOST_BYTES = 1024 * 1024;

const answerSchema = z.object({ Username: z.string(), Secret: z.string() });

export interface HelperQuestion {
  /** The part of the program's name after `docker-credential-`. */
  readonly helper: string;
  readonly registry: string;
  /** An abort ends the helper. */
  readonly abortSignal?: AbortSignal | undefined;
}

/** The credentials that a helper stores for one registry. */
export interface StoredSecret {
  readonly username: string;
  readonly secret: string;
}

/**
 * Asks `docker-credential-NAME` for the credentials for a registry. Returns undefined if the helper has no credentials for it.
 *
 * @throws {Error} if the helper is missing or fails. The message contains no credentials.
 */
export async function askCredentialHelper(question: HelperQuestion): Promise<StoredSecret | undefined> {
  const { helper } = question;
  if (!/^[\w.-]+$/.test(helper)) throw new Error(`expected a credential helper's name, given ${JSON.stringify(helper)}`);
  const program = `docker-credential-${helper}`;
  const { failure, stdout } = await runHelper(program, question);
  if (failure === undefined) {
    const { data } = answerSchema.safeParse(parseJson(stdout));
    if (data === undefined) throw new Error(`${program} did not return JSON with Username and Secret`);
    return { username: data.Username, secret: data.Secret };
  }
  if (/credentials not found/i.test(stdout)) return undefined;
  throw new Error(failure.code === 'ENOENT' ? `${program} is not installed` : `${program} failed: ${stdout.trim() || failure.message}`);
}

interface HelperRun {
  readonly failure: (Error & { readonly code?: unknown }) | undefined;
  readonly stdout: string;
}

/** Runs a credential helper. By protocol, a helper reads the registry from standard input. */
function runHelper(program: string, { registry, abortSignal }: HelperQuestion): Promise<HelperRun> {
  const { promise, resolve } = Promise.withResolvers<HelperRun>();
  const limits = { timeout: TIMEOUT_MS, maxBuffer: MOST_BYTES, windowsHide: true, signal: abortSignal };
  const child = execFile(program, ['get'], limits, (error, stdout) => resolve({ failure: error ?? undefined, stdout }));
  // A helper may exit without reading its input.
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
