import { FileService } from '../../files/file-service.ts';
import type { MemoryFileSystem } from '../../files/memory-file-system.ts';
import { CHUNK_BYTES, WINDOW_BYTES } from '../protocol/window.ts';
import { type OutputRecord, takeOutput } from '../worker/output-records.ts';
import type { WorkerStart } from '../worker/worker-messages.ts';
import { endingOf, type ProcessEnding } from './process-ending.ts';
import type { WorkerSlot } from './worker-slot.ts';

const LONGEST_TIMER_MS = 2_147_483_647;
/** A thread ends within a few milliseconds, unless it is inside a long operation in native code. */
const TERMINATION_MS = 2_000;

export interface GuestProcessOptions {
  readonly slot: WorkerSlot;
  readonly files: MemoryFileSystem;
  readonly start: WorkerStart;
  readonly timeoutMs?: number | undefined;
  readonly outputBytes: number;
  readonly memoryBytes: number;
  readonly onOutput: (output: OutputRecord) => void;
  /** Called when the interpreter is loaded, unless the run ends before. */
  readonly onRunning: () => void;
  /** Called if the thread does not end. */
  readonly onStuck: () => void;
  /** Called when the program has read bytes from standard input. */
  readonly onInputTaken: (bytes: number) => void;
}

/** A run: a program on a worker thread, with its input, output, limits and result. */
export class GuestProcess {
  /** Resolves once the program can do nothing more and all of its output was passed on. Never rejects. */
  readonly ended: Promise<ProcessEnding>;
  readonly #options: GuestProcessOptions;
  readonly #fileService: FileService;
  readonly #ended = Promise.withResolvers<ProcessEnding>();
  #ending: ProcessEnding | undefined;
  #isThreadFree = false;
  #credit = WINDOW_BYTES;
  #sentBytes = 0;
  #inputGiven = 0;
  #inputTaken = 0;
  readonly #deadline: NodeJS.Timeout | undefined;

  constructor(options: GuestProcessOptions) {
    this.#options = options;
    this.ended = this.#ended.promise;
    this.#fileService = new FileService(options.files);
    const { timeoutMs } = options;
    if (timeoutMs !== undefined) this.#deadline = setTimeout(() => this.#expire(timeoutMs), Math.min(timeoutMs, LONGEST_TIMER_MS));
    options.slot.listen({ onMessage: (message) => this.#receive(message), onFailure: (failure) => this.#fail(failure) });
    options.slot.send({ type: 'start', start: options.start });
  }

  /** True if the program ended by itself, so that its thread can run another program. Otherwise, the thread has ended. */
  get isThreadFree(): boolean {
    return this.#isThreadFree;
  }

  /** Allows more output. Call this after the reader has read this many bytes. */
  grant(bytes: number): void {
    this.#credit += bytes;
    if (!this.#isThreadFree) this.#drain(false);
  }

  /** Passes bytes to the program's standard input. Stops the run if the bytes do not fit in the input ring. */
  giveInput(bytes: Uint8Array): void {
    if (this.#isThreadFree) return;
    const { input } = this.#options.slot;
    if (bytes.length > input.room) {
      this.stop({ kind: 'lost', outcome: 'session-lost', reason: 'Standard input exceeded its window.' });
      return;
    }
    input.put(bytes);
    input.publish(bytes.length);
    this.#inputGiven += bytes.length;
  }

  endInput(): void {
    if (this.#isThreadFree) return;
    this.#options.slot.input.close();
  }

  /** Ends the thread. Only the first call has an effect. */
  stop(ending: ProcessEnding): void {
    if (!this.#end(ending)) return;
    void this.#terminate().then(() => this.#finish());
  }

  /** Ends a run whose program ended by itself. Keeps the thread, unless the program reached a limit. */
  #complete(ending: ProcessEnding): void {
    if (ending.kind !== 'exit') {
      this.stop(ending);
      return;
    }
    if (!this.#end(ending)) return;
    this.#isThreadFree = true;
    this.#finish();
  }

  /** Returns false if the run has already ended. */
  #end(ending: ProcessEnding): boolean {
    if (this.#ending) return false;
    this.#ending = ending;
    clearTimeout(this.#deadline);
    return true;
  }

  async #terminate(): Promise<void> {
    const timer = setTimeout(() => this.#options.onStuck(), TERMINATION_MS);
    await this.#options.slot.terminate();
    clearTimeout(timer);
  }

  #finish(): void {
    this.#fileService.end();
    this.#drain(true);
    this.#ended.resolve(this.#ending ?? { kind: 'killed' });
  }

  #receive(message: unknown): void {
    const { type, request, exit } = Object(message) as Readonly<Record<string, unknown>>;
    if (type === 'running') this.#options.onRunning();
    else if (type === 'file') this.#options.slot.reply(this.#fileService.answer(request));
    else if (type === 'output') this.#drain(false);
    else if (type === 'input') this.#reportInput();
    else if (type === 'done') this.#complete(endingOf(exit));
  }

  #reportInput(): void {
    const { input } = this.#options.slot;
    input.woken();
    const taken = this.#inputGiven - input.used;
    if (taken > this.#inputTaken) this.#options.onInputTaken(taken - this.#inputTaken);
    this.#inputTaken = Math.max(taken, this.#inputTaken);
  }

  /** Passes on output, up to the limit of the reader's window. At the end, passes on all output. */
  #drain(isEnd: boolean): void {
    const { output } = this.#options.slot;
    output.woken();
    try {
      while (isEnd || this.#credit > 0) {
        const record = takeOutput(output, CHUNK_BYTES);
        if (!record || !this.#hand(record)) return;
      }
    } catch {
      this.stop({ kind: 'lost', outcome: 'session-lost', reason: 'The program corrupted its output buffer.' });
    }
  }

  /** Returns false once the output limit is reached. Output beyond the limit is dropped. */
  #hand(record: OutputRecord): boolean {
    const { outputBytes, onOutput } = this.#options;
    const allowed = record.bytes.subarray(0, outputBytes - this.#sentBytes);
    this.#sentBytes += allowed.length;
    this.#credit -= allowed.length;
    if (allowed.length > 0) onOutput({ stream: record.stream, bytes: allowed });
    if (allowed.length === record.bytes.length) return true;
    const ending: ProcessEnding = {
      kind: 'lost',
      outcome: 'output-limit',
      reason: `The program wrote more than ${outputBytes} bytes of output (outputBytes).`,
    };
    if (this.#ending?.kind === 'exit') this.#ending = ending;
    else this.stop(ending);
    return false;
  }

  #expire(timeoutMs: number): void {
    this.stop({ kind: 'lost', outcome: 'timeout', reason: `The program was still running after ${timeoutMs} ms.` });
  }

  #fail(failure: { readonly isOutOfMemory: boolean; readonly message: string }): void {
    const { memoryBytes } = this.#options;
    if (failure.isOutOfMemory)
      this.stop({ kind: 'lost', outcome: 'memory-limit', reason: `The program used more than ${memoryBytes} bytes of memory.` });
    else this.stop({ kind: 'lost', outcome: 'session-lost', reason: `The program's thread failed: ${failure.message}.` });
  }
}
