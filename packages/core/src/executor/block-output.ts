import type { RichResult } from '../contract/code-result.ts';
import type { ExecutionEvent } from '../contract/execution-event.ts';
import type { OutputChunk } from '../contract/process.ts';
import type { OutputCollector } from '../output/output-collector.ts';
import { StreamDecoder } from '../output/stream-decoder.ts';

/** Sends an event. Resolves when the consumer has room for more. */
export type Emit = (event: ExecutionEvent) => Promise<void>;

/** Turns the output of one block into events, and collects it for the results of the block and the call. */
export class BlockOutput {
  readonly collector: OutputCollector;
  readonly #collectors: ReadonlySet<OutputCollector>;
  readonly #index: number;
  readonly #emit: Emit;
  readonly #decoders = { stdout: new StreamDecoder(), stderr: new StreamDecoder() };

  constructor(options: {
    readonly index: number;
    readonly collector: OutputCollector;
    /** If the call has only one block, this is the same collector, so that the output is stored only once. */
    readonly callCollector: OutputCollector;
    readonly emit: Emit;
  }) {
    this.collector = options.collector;
    this.#collectors = new Set([options.collector, options.callCollector]);
    this.#index = options.index;
    this.#emit = options.emit;
  }

  async push(chunk: OutputChunk): Promise<void> {
    for (const collector of this.#collectors) collector.push(chunk);
    await this.#send(chunk.stream, this.#decoders[chunk.stream].decode(chunk.bytes));
  }

  /** Sends a display object. */
  async display(result: RichResult): Promise<void> {
    await this.#emit({ type: 'result', index: this.#index, result });
  }

  /** Sends the bytes of an incomplete last character. */
  async end(): Promise<void> {
    for (const stream of ['stdout', 'stderr'] as const) await this.#send(stream, this.#decoders[stream].end());
  }

  async #send(type: 'stdout' | 'stderr', text: string): Promise<void> {
    if (text !== '') await this.#emit({ type, index: this.#index, text });
  }
}
