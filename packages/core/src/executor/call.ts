import type { ExecuteOptions } from '../contract/code-executor.ts';
import type { InputFile, SandboxProcess } from '../contract/process.ts';
import type { CallControl } from '../control/call-control.ts';
import type { LanguageRegistry } from '../languages/language-registry.ts';
import { OutputCollector } from '../output/output-collector.ts';
import type { BlockEnding } from './block-ending.ts';
import type { Emit } from './block-output.ts';
import type { Session } from './session.ts';

/** Time that a kill may take before the sandbox is taken to be stuck and replaced. */
const KILL_MS = 5_000;

export interface CallParts {
  readonly session: Session;
  readonly registry: LanguageRegistry;
  readonly control: CallControl;
  readonly options: ExecuteOptions;
  readonly env: Readonly<Record<string, string>>;
  readonly blockCount: number;
  readonly timeoutMs: number;
  readonly deleteTmpFiles: boolean;
  readonly keptOutputBytes: number;
  readonly emit: Emit;
  /** Removes a session that does not answer. */
  discard(session: Session): void;
}

/** What the blocks of one call share: time, files still to be written, output. */
export class Call {
  readonly session: Session;
  readonly registry: LanguageRegistry;
  readonly control: CallControl;
  readonly options: ExecuteOptions;
  readonly env: Readonly<Record<string, string>>;
  readonly hasOneBlock: boolean;
  readonly deleteTmpFiles: boolean;
  readonly keptOutputBytes: number;
  readonly emit: Emit;
  readonly collector: OutputCollector;
  readonly startedMs: number = performance.now();
  /** True once a program of this call has started. */
  hasStarted = false;
  readonly #timeoutMs: number;
  readonly #discard: (session: Session) => void;
  #pendingFiles: readonly InputFile[];

  constructor(parts: CallParts) {
    this.session = parts.session;
    this.registry = parts.registry;
    this.control = parts.control;
    this.options = parts.options;
    this.env = parts.env;
    this.hasOneBlock = parts.blockCount === 1;
    this.deleteTmpFiles = parts.deleteTmpFiles;
    this.keptOutputBytes = parts.keptOutputBytes;
    this.emit = parts.emit;
    this.collector = new OutputCollector({ keptBytes: parts.keptOutputBytes });
    this.#timeoutMs = parts.timeoutMs;
    this.#discard = (session) => parts.discard(session);
    this.#pendingFiles = parts.options.files ?? [];
  }

  collectorForBlock(): OutputCollector {
    return this.hasOneBlock ? this.collector : new OutputCollector({ keptBytes: this.keptOutputBytes });
  }

  remainingMs(): number {
    return this.#timeoutMs - (performance.now() - this.startedMs);
  }

  timedOut(): BlockEnding & { readonly reason: string } {
    return { outcome: 'timeout', exitCode: null, reason: `The time limit of ${this.#timeoutMs} ms was reached.` };
  }

  /** The caller's files that are not in the workspace yet; afterwards there are none. */
  takePendingFiles(): readonly InputFile[] {
    const files = this.#pendingFiles;
    this.#pendingFiles = [];
    return files;
  }

  /** Makes sure that nothing of a run that was ended from outside is left: the process dies, or the sandbox goes. */
  async keepOrDiscard(process: SandboxProcess): Promise<void> {
    const stuck = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => stuck.resolve(false), KILL_MS);
    const isDead = await Promise.race([
      stuck.promise,
      process
        .kill()
        .then(() => true)
        .catch(() => false),
    ]);
    clearTimeout(timer);
    if (!isDead) this.#discard(this.session);
  }
}
