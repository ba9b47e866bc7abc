import type { Finding } from '@sandpod/core';
import { SandpodError } from '@sandpod/core';
import { listBackends, loadBackend } from '@sandpod/sandpod';
import type { BackendChoice } from '../api-types.ts';

/** Milliseconds for which the diagnosis of a back end stays valid. */
const BELIEVED_MS = 30_000;
const PATIENCE_MS = 10_000;
/** Milliseconds until the first check, so that the first session can start before all back ends are loaded. */
const FIRST_LOOK_MS = 1_000;
/** Number of findings that are read from a diagnosis. Later findings may need a sandbox, which is too slow for a menu. */
const GROUND_FINDINGS = 3;

interface Knowledge {
  readonly checkedMs: number;
  verdict?: Pick<BackendChoice, 'available' | 'advice'>;
}

/** Returns the command-line options that apply to a back end. */
export type BackendOptionsFor = (backend: string) => Promise<object>;

/** Lists the back ends in the registry, and checks whether they work on this system. */
export class BackendCatalog {
  readonly #optionsFor: BackendOptionsFor;
  readonly #knowledge = new Map<string, Knowledge>();
  #ready: Promise<unknown> | undefined;

  constructor(optionsFor: BackendOptionsFor) {
    this.#optionsFor = optionsFor;
  }

  /** Returns all back ends immediately. If the state of a back end is unknown or old, checks it in the background. */
  list(): readonly BackendChoice[] {
    return listBackends().map(({ name, description }) => {
      const { available, advice } = this.#look(name).verdict ?? { available: null };
      return { name, title: description, available, ...(advice === undefined ? {} : { advice }) };
    });
  }

  #look(name: string): Knowledge {
    const known = this.#knowledge.get(name);
    const nowMs = performance.now();
    if (known && (known.verdict === undefined || nowMs - known.checkedMs < BELIEVED_MS)) return known;
    // The old result stays valid during a new check.
    const fresh: Knowledge = { checkedMs: nowMs, ...(known?.verdict ? { verdict: known.verdict } : {}) };
    this.#knowledge.set(name, fresh);
    this.#ready ??= new Promise((resolve) => setTimeout(resolve, FIRST_LOOK_MS).unref());
    void this.#ready
      .then(() => this.#judge(name))
      .then((verdict) => {
        fresh.verdict = verdict;
      });
    return fresh;
  }

  async #judge(name: string): Promise<Pick<BackendChoice, 'available' | 'advice'>> {
    const timer = Promise.withResolvers<Finding>();
    const advice = 'Run: npx pnpm@12 sandpod doctor';
    const timeout = setTimeout(
      () => timer.resolve({ subject: name, state: 'error', message: 'It does not respond.', advice }),
      PATIENCE_MS,
    );
    try {
      const problem = await Promise.race([findProblem(name, await this.#optionsFor(name)), timer.promise]);
      return problem ? { available: false, advice: [problem.message, problem.advice].filter(Boolean).join(' ') } : { available: true };
    } catch (error) {
      return { available: false, advice: SandpodError.isInstance(error) ? `${error.message} ${error.advice}` : advice };
    } finally {
      clearTimeout(timeout);
    }
  }
}

async function findProblem(name: string, options: object): Promise<Finding | undefined> {
  const definition = await loadBackend(name);
  let count = 0;
  for await (const finding of definition.diagnose?.(options) ?? []) {
    if (finding.state === 'error') return finding;
    count += 1;
    if (count >= GROUND_FINDINGS) break;
  }
  return undefined;
}
