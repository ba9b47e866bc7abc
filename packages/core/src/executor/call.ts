import type { ExecuteOptions } from '../contract/code-executor.ts';
import type { InputFile, SandboxProcess } from '../contract/process.ts';
import type { CallControl } from '../control/call-control.ts';
import { settlesWithin } from '../control/settles-within.ts';
import type { LanguageRegistry } from '../languages/language-registry.ts';
import { OutputCollector } from '../output/output-collector.ts';
import type { BlockEnding } from './block-ending.ts';
import type { Emit } from './block-output.ts';
import type { Session } from './session.ts';

export interface CallParts {
  readonly session: Session;
  readonly registry: LanguageRegistry;
  readonly control: CallControl;
  readonly options: ExecuteOptions;
  readonly env: Readonly<Record<string, string>>;
  /** Directories that go before those of PYTHONPATH. */
  readonly pythonPath: readonly string[];
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
  readonly hasOneBlock: boolean;
  readonly deleteTmpFiles: boolean;
  readonly keptOutputBytes: number;
  readonly emit: Emit;
  readonly collector: OutputCollector;
  readonly startedMs: number = performance.now();
  /** True once a program of this call has started. */
  hasStarted = false;
  readonly #env: Readonly<Record<string, string>>;
  readonly #pythonPath: readonly string[];
  readonly #timeoutMs: number;
  readonly #discard: (session: Session) => void;
  #pendingFiles: readonly InputFile[];

  constructor(parts: CallParts) {
    this.session = parts.session;
    this.registry = parts.registry;
    this.control = parts.control;
    this.options = parts.options;
    this.hasOneBlock = parts.blockCount === 1;
    this.deleteTmpFiles = parts.deleteTmpFiles;
    this.keptOutputBytes = parts.keptOutputBytes;
    this.emit = parts.emit;
    this.collector = new OutputCollector({ keptBytes: parts.keptOutputBytes });
    this.#env = parts.env;
    this.#pythonPath = parts.pythonPath;
    this.#timeoutMs = parts.timeoutMs;
    this.#discard = (session) => parts.discard(session);
    this.#pendingFiles = parts.options.files ?? [];
  }

  collectorForBlock(): OutputCollector {
    return this.hasOneBlock ? this.collector : new OutputCollector({ keptBytes: this.keptOutputBytes });
  }

  /** Variables for a block, those of this call last. A PYTHONPATH that somebody gave comes after our directories. */
  environment(ofLanguage: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const env = { ...ofLanguage, ...this.#env, ...this.options.env };
    if (this.#pythonPath.length === 0) return env;
    const [workspace = '', packages = '', own] = this.#pythonPath;
    const given = env['PYTHONPATH'] ?? own;
    return { ...env, PYTHONPATH: [workspace, packages, ...(given ? [given] : [])].join(':') };
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
    if (!(await settlesWithin(process.kill()))) this.#discard(this.session);
  }
}
