import type { StreamTruncation, TruncationReport } from '../contract/code-result.ts';
import { DEFAULT_KEPT_OUTPUT_BYTES } from '../contract/limits.ts';
import type { OutputChunk } from '../contract/process.ts';
import { assembleText } from './output-assembler.ts';
import { OutputJournal } from './output-journal.ts';

export interface OutputSnapshot {
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams in the order in which their bytes arrived. */
  readonly output: string;
  /** Present when anything was left out. */
  readonly truncated?: TruncationReport;
  /** Bytes of both streams that were pushed. */
  readonly totalBytes: number;
}

/**
 * Collects the output of a process in bounded memory: the first and the last bytes of each stream, in one list.
 *
 * Where bytes were left out, the texts have one line that counts them. Cuts never split a UTF-8 character.
 */
export class OutputCollector {
  readonly #journal: OutputJournal;

  /** `keptBytes`: bytes kept of each stream, half from the start and half from the end. Default 1 MiB. */
  constructor(options: { readonly keptBytes?: number } = {}) {
    this.#journal = new OutputJournal(options.keptBytes ?? DEFAULT_KEPT_OUTPUT_BYTES);
  }

  /** Takes a copy of the bytes. */
  push(chunk: OutputChunk): void {
    this.#journal.push(chunk.stream === 'stdout' ? 0 : 1, chunk.bytes);
  }

  /** Bytes of both streams that were pushed. */
  get totalBytes(): number {
    const [out, err] = this.#journal.streams;
    return out.totalBytes + err.totalBytes;
  }

  /** What was kept so far; more may be pushed afterwards. */
  snapshot(): OutputSnapshot {
    const [out, err] = this.#journal.streams;
    const stdout = assembleText(this.#journal, 0);
    const stderr = assembleText(this.#journal, 1);
    const truncated = {
      ...(stdout.omittedBytes[0] > 0 && { stdout: truncation(out.totalBytes, stdout.omittedBytes[0]) }),
      ...(stderr.omittedBytes[1] > 0 && { stderr: truncation(err.totalBytes, stderr.omittedBytes[1]) }),
    };
    return {
      stdout: stdout.text,
      stderr: stderr.text,
      output: this.#output(stdout.text, stderr.text),
      ...(Object.keys(truncated).length > 0 && { truncated }),
      totalBytes: this.totalBytes,
    };
  }

  /** The text of a stream that is alone is used as it is, so that it is held in memory once. */
  #output(stdout: string, stderr: string): string {
    if (stderr === '') return stdout;
    return stdout === '' ? stderr : assembleText(this.#journal).text;
  }
}

function truncation(totalBytes: number, omittedBytes: number): StreamTruncation {
  return { totalBytes, keptBytes: totalBytes - omittedBytes, omittedBytes };
}
