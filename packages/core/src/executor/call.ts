import type { ExecuteOptions } from '../contract/code-executor.ts';
import type { KernelProvider } from '../contract/kernel.ts';
import type { InputFile } from '../contract/process.ts';
import type { CallControl } from '../control/call-control.ts';
import type { CallDeadline } from '../control/call-deadline.ts';
import type { LanguageRegistry } from '../languages/language-registry.ts';
import { OutputCollector } from '../output/output-collector.ts';
import type { BlockEnding } from './block-ending.ts';
import type { Emit } from './block-output.ts';
import type { KernelContext } from './kernel-contexts.ts';
import type { SessionCall } from './queued-code-executor.ts';
import type { Session } from './session.ts';

export interface CallParts {
  readonly call: SessionCall<Session>;
  readonly registry: LanguageRegistry;
  readonly env: Readonly<Record<string, string>>;
  /** Directories to put at the start of PYTHONPATH. */
  readonly pythonPath: readonly string[];
  readonly keptOutputBytes: number;
  /** Present if blocks in some languages run in kernels. */
  readonly kernelProvider?: KernelProvider | undefined;
  readonly context?: KernelContext | undefined;
}

/** The state that the blocks of a call share, such as the time limit, the output, and the files that have not been written yet. */
export class Call {
  readonly session: Session;
  readonly registry: LanguageRegistry;
  readonly control: CallControl;
  readonly deadline: CallDeadline;
  readonly options: ExecuteOptions;
  readonly hasOneBlock: boolean;
  readonly keptOutputBytes: number;
  readonly kernelProvider: KernelProvider | undefined;
  /** The context that the call names. */
  readonly context: KernelContext | undefined;
  readonly emit: Emit;
  readonly discard: () => void;
  readonly collector: OutputCollector;
  /** True once a program of this call has started. */
  hasStarted = false;
  readonly #env: Readonly<Record<string, string>>;
  readonly #pythonPath: readonly string[];
  #pendingFiles: readonly InputFile[];

  constructor(parts: CallParts) {
    const { call } = parts;
    this.session = call.session;
    this.registry = parts.registry;
    this.control = call.control;
    this.deadline = call.deadline;
    this.options = call.options;
    this.hasOneBlock = call.blocks.length === 1;
    this.keptOutputBytes = parts.keptOutputBytes;
    this.kernelProvider = parts.kernelProvider;
    this.context = parts.context;
    this.emit = call.emit;
    this.discard = call.discard;
    this.collector = new OutputCollector({ keptBytes: parts.keptOutputBytes });
    this.#env = parts.env;
    this.#pythonPath = parts.pythonPath;
    this.#pendingFiles = call.options.files ?? [];
  }

  collectorForBlock(): OutputCollector {
    return this.hasOneBlock ? this.collector : new OutputCollector({ keptBytes: this.keptOutputBytes });
  }

  /** Returns the environment variables for a block. The call's variables take precedence. PYTHONPATH starts with sandpod's directories. */
  environment(ofLanguage: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return this.#withPythonPath({ ...ofLanguage, ...this.#env, ...this.options.env });
  }

  /** Returns the environment variables for a kernel, which outlives the call. */
  kernelEnvironment(ofLanguage: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return this.#withPythonPath({ ...ofLanguage, ...this.#env });
  }

  #withPythonPath(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    if (this.#pythonPath.length === 0) return env;
    const [workspace = '', packages = '', own] = this.#pythonPath;
    const given = env['PYTHONPATH'] ?? own;
    return { ...env, PYTHONPATH: [workspace, packages, ...(given ? [given] : [])].join(':') };
  }

  timedOut(): BlockEnding & { readonly reason: string } {
    return { outcome: 'timeout', exitCode: null, reason: this.deadline.timedOut().reason };
  }

  /** Returns the caller's files that have not yet been written to the workspace, and removes them from the list. */
  takePendingFiles(): readonly InputFile[] {
    const files = this.#pendingFiles;
    this.#pendingFiles = [];
    return files;
  }
}
