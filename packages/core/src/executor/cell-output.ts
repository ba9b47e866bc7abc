import type { ExecutionError, RichResult } from '../contract/code-result.ts';
import type { KernelMessage } from '../contract/kernel.ts';
import { BoundedResults } from '../output/bounded-results.ts';
import type { BlockOutput } from './block-output.ts';

/** Maximum size of an image in a result. */
const MAX_IMAGE_BYTES = 8 * 1024 * 1024;

/** Collects the messages of a cell. */
export class CellOutput {
  executionCount: number | undefined;
  error: ExecutionError | undefined;
  readonly #output: BlockOutput;
  readonly #results = new BoundedResults(MAX_IMAGE_BYTES);

  constructor(output: BlockOutput) {
    this.#output = output;
  }

  results(): readonly RichResult[] {
    return this.#results.list();
  }

  async take(message: KernelMessage): Promise<void> {
    if (message.type === 'stream') await this.#output.push(message);
    else if (message.type === 'display') await this.#show(message.result);
    else if (message.type === 'error') this.error = message.error;
    else if (message.type === 'done') this.executionCount = message.executionCount;
  }

  async #show(result: RichResult): Promise<void> {
    const kept = this.#results.add(result);
    if (kept !== undefined) await this.#output.display(kept);
  }
}
