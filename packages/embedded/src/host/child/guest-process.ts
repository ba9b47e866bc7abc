import { FileService } from '../../files/file-service.ts';
import type { MemoryFileSystem } from '../../files/memory-file-system.ts';
import { CHUNK_BYTES, WINDOW_BYTES } from '../protocol/window.ts';
import { type OutputRecord, takeOutput } from '../worker/output-records.ts';
import type { WorkerStart } from '../worker/worker-messages.ts';
import { endingOf, type ProcessEnding } from './process-ending.ts';
import type { WorkerSlot } from './worker-slot.ts';

const LONGEST_TIMER_MS = 2_147_483_647;
/** A thread ends within a few milliseconds, unless it is in one long operation of native code. */
const TERMINATION_MS = 2_000;

export interface GuestProcessOptions {
  readonly slot: WorkerSlot;
  readonly files: MemoryFileSystem;
  readonly start: WorkerStart;
  readonly timeoutMs?: number | undefined;
  readonly outputBytes: number;
  readonly memoryBytes: number;
  readonly onOutput: (output: OutputRecord) => void;
  /** The thread does not end. */
  readonly onStuck: () => void;
  /** Bytes of standard input were taken. */
  readonly onInputTaken: (bytes: number) => void;
}

/** One run: a program on its worker thread, its output, its input, its limits and its end. */
export class GuestProcess {
  /** Never rejects. Resolves when the thread is gone and all of its output was handed on. */
  readonly ended: Promise<ProcessEnding>;
  private readonly _options: GuestProcessOptions;
  private readonly _fileService: FileService;
  private readonly _ended = Promise.withResolvers<ProcessEnding>();
  private _ending: ProcessEnding | undefined;
  private _credit = WINDOW_BYTES;
  private _sentBytes = 0;
  private _inputGiven = 0;
  private _inputTaken = 0;
  private readonly _deadline: NodeJS.Timeout | undefined;

  constructor(options: GuestProcessOptions) {
    this._options = options;
    this.ended = this._ended.promise;
    this._fileService = new FileService(options.files);
    options.slot.listen((message) => this._receive(message));
    void options.slot.ended.then((failure) => this._fail(failure));
    options.slot.start(options.start);
    const { timeoutMs } = options;
    if (timeoutMs !== undefined) this._deadline = setTimeout(() => this._expire(timeoutMs), Math.min(timeoutMs, LONGEST_TIMER_MS));
  }

  /** The reader has taken bytes. */
  grant(bytes: number): void {
    this._credit += bytes;
    this._drain(false);
  }

  /** At most as many bytes as were reported taken, plus the ring's size. */
  giveInput(bytes: Uint8Array): void {
    const { input } = this._options.slot;
    if (bytes.length > input.room) {
      this.stop({ kind: 'lost', outcome: 'session-lost', reason: 'Standard input exceeded its window.' });
      return;
    }
    input.put(bytes);
    input.publish(bytes.length);
    this._inputGiven += bytes.length;
  }

  endInput(): void {
    this._options.slot.input.close();
  }

  /** Ends the thread. The first reason stands. */
  stop(ending: ProcessEnding): void {
    if (this._ending) return;
    this._ending = ending;
    clearTimeout(this._deadline);
    void this._finish();
  }

  private async _finish(): Promise<void> {
    const timer = setTimeout(() => this._options.onStuck(), TERMINATION_MS);
    await this._options.slot.terminate();
    clearTimeout(timer);
    this._fileService.end();
    this._drain(true);
    this._ended.resolve(this._ending ?? { kind: 'killed' });
  }

  private _receive(message: unknown): void {
    const { type, request, exit } = Object(message) as Readonly<Record<string, unknown>>;
    if (type === 'file') this._options.slot.reply(this._fileService.answer(request));
    else if (type === 'output') this._drain(false);
    else if (type === 'input') this._reportInput();
    else if (type === 'done') this.stop(endingOf(exit));
  }

  private _reportInput(): void {
    const { input } = this._options.slot;
    input.woken();
    const taken = this._inputGiven - input.used;
    if (taken > this._inputTaken) this._options.onInputTaken(taken - this._inputTaken);
    this._inputTaken = Math.max(taken, this._inputTaken);
  }

  /** Hands output on, as far as the reader has room; all of it at the end. */
  private _drain(isEnd: boolean): void {
    const { output } = this._options.slot;
    output.woken();
    try {
      while (isEnd || this._credit > 0) {
        const record = takeOutput(output, CHUNK_BYTES);
        if (!record || !this._hand(record)) return;
      }
    } catch {
      this.stop({ kind: 'lost', outcome: 'session-lost', reason: 'The program damaged its output.' });
    }
  }

  /** False once the output limit is reached; what is above it is dropped. */
  private _hand(record: OutputRecord): boolean {
    const { outputBytes, onOutput } = this._options;
    const allowed = record.bytes.subarray(0, outputBytes - this._sentBytes);
    this._sentBytes += allowed.length;
    this._credit -= allowed.length;
    if (allowed.length > 0) onOutput({ stream: record.stream, bytes: allowed });
    if (allowed.length === record.bytes.length) return true;
    const ending: ProcessEnding = { kind: 'lost', outcome: 'output-limit', reason: `The output went beyond ${outputBytes} bytes.` };
    if (this._ending?.kind === 'exit') this._ending = ending;
    else this.stop(ending);
    return false;
  }

  private _expire(timeoutMs: number): void {
    this.stop({ kind: 'lost', outcome: 'timeout', reason: `The program was still running after ${timeoutMs} ms.` });
  }

  private _fail(failure: { readonly isOutOfMemory: boolean; readonly message: string }): void {
    const { memoryBytes } = this._options;
    if (failure.isOutOfMemory)
      this.stop({ kind: 'lost', outcome: 'memory-limit', reason: `The program used more than ${memoryBytes} bytes of memory.` });
    else this.stop({ kind: 'lost', outcome: 'session-lost', reason: `The program's thread failed: ${failure.message}.` });
  }
}
