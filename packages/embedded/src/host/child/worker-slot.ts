import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { FileReply } from '../../files/file-request.ts';
import { mainModule } from '../../package-files.ts';
import type { ModuleName } from '../programs.ts';
import { INPUT_WINDOW_BYTES } from '../protocol/window.ts';
import { withoutHostPaths } from '../without-host-paths.ts';
import { createRingMemory, SharedRing } from '../worker/shared-ring.ts';
import type { ModuleMessage, ToWorker, WorkerLink } from '../worker/worker-messages.ts';

const OUTPUT_RING_BYTES = 1024 * 1024;
const MiB = 1024 * 1024;
/** Matches the error messages for a string, an array, a map or a memory that would be too large. */
const FAILED_ALLOCATION =
  /out of memory|allocation failed|could not allocate|Invalid (?:string|array|typed array) length|maximum size exceeded/i;
/** Deep recursion in an interpreter uses the stack of its thread. */
const STACK_MIB = 16;

/** The reason why a worker ended without reporting a result. */
export interface WorkerFailure {
  readonly isOutOfMemory: boolean;
  readonly message: string;
}

export interface WorkerListener {
  readonly onMessage: (message: unknown) => void;
  readonly onFailure: (failure: WorkerFailure) => void;
}

/** A worker thread with its shared memory. It is started ahead of time and runs one program at a time, each in a new interpreter. */
export class WorkerSlot {
  readonly output: SharedRing;
  readonly input: SharedRing;
  /** Resolves when the thread ends, for any reason. */
  readonly ended: Promise<WorkerFailure>;
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #signal: Int32Array;
  #failure: WorkerFailure | undefined;
  #onFailure: WorkerListener['onFailure'] | undefined;

  constructor(options: { readonly memoryBytes: number; readonly answer: (name: ModuleName) => Promise<ModuleMessage> }) {
    const { port1, port2 } = new MessageChannel();
    const output = createRingMemory(OUTPUT_RING_BYTES);
    const input = createRingMemory(INPUT_WINDOW_BYTES);
    const signal = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const link: WorkerLink = { port: port2, signal, output, input };
    this.#port = port1;
    this.#signal = new Int32Array(signal);
    this.output = new SharedRing(output);
    this.input = new SharedRing(input);
    this.#worker = new Worker(mainModule('worker-main'), {
      workerData: link,
      transferList: [port2],
      env: {},
      stdin: false,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(options.memoryBytes / MiB), stackSizeMb: STACK_MIB },
    });
    // Messages from the engines themselves are not useful, but they would accumulate if they were not read.
    this.#worker.stdout.resume();
    this.#worker.stderr.resume();
    this.#worker.on('message', (message: unknown) => {
      const name = neededModule(message);
      if (name !== undefined) void options.answer(name).then((answer) => this.send(answer));
    });
    this.ended = this.#watch();
    void this.ended.then((failure) => {
      this.#failure = failure;
      this.#onFailure?.(failure);
    });
  }

  /**
   * Calls `onMessage` with every message from the worker, and `onFailure` if its thread ends, until {@link reset}. The worker may be hostile.
   */
  listen({ onMessage, onFailure }: WorkerListener): void {
    this.#port.on('message', onMessage);
    this.#onFailure = onFailure;
    if (this.#failure !== undefined) onFailure(this.#failure);
  }

  send(message: ToWorker): void {
    this.#worker.postMessage(message);
    this.#wake();
  }

  reply(reply: FileReply): void {
    const transfer = 'value' in reply && reply.value instanceof Uint8Array ? [reply.value.buffer as ArrayBuffer] : [];
    this.#port.postMessage(reply, transfer);
    this.#wake();
  }

  /** Makes the worker ready for another program. Its program must have ended by itself. */
  reset(): void {
    this.#port.removeAllListeners('message');
    this.#onFailure = undefined;
    this.output.reset();
    this.input.reset();
  }

  /** Ends the thread, even inside a WebAssembly loop. Resolves once it has ended. */
  async terminate(): Promise<void> {
    this.#port.removeAllListeners('message');
    await this.#worker.terminate();
    this.#port.close();
  }

  #wake(): void {
    Atomics.store(this.#signal, 0, 1);
    Atomics.notify(this.#signal, 0);
  }

  #watch(): Promise<WorkerFailure> {
    return new Promise((resolve) => {
      let failure: WorkerFailure = { isOutOfMemory: false, message: 'its thread ended without a result' };
      this.#worker.on('error', (error: Error & { code?: string }) => {
        const message = String(error.message ?? error);
        const isOutOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY' || FAILED_ALLOCATION.test(message);
        failure = { isOutOfMemory, message: withoutHostPaths(message) };
      });
      this.#worker.on('exit', () => resolve(failure));
    });
  }
}

/** Returns the interpreter that a worker asks for. The worker may be hostile. */
function neededModule(message: unknown): ModuleName | undefined {
  const { type, name } = Object(message) as Readonly<Record<string, unknown>>;
  return type === 'need' && (name === 'python' || name === 'javascript') ? name : undefined;
}
