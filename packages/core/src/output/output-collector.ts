import type { StreamTruncation, TruncationReport } from '../contract/code-result.ts';
import { DEFAULT_KEPT_OUTPUT_BYTES } from '../contract/defaults.ts';
import type { OutputChunk } from '../contract/process.ts';
import { HeadTailJournal } from './head-tail-journal.ts';
import { journalText } from './journal-text.ts';

export interface OutputSnapshot {
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, in the order in which the bytes arrived. */
  readonly output: string;
  /** Present if bytes were omitted. */
  readonly truncated?: TruncationReport;
  /** Total bytes pushed to both streams. */
  readonly totalBytes: number;
}

/**
 * Collects the output of a process in limited memory. Keeps the head and the tail of each stream.
 *
 * A line in the text shows how many bytes were omitted. Truncation never splits a UTF-8 character.
 */
export class OutputCollector {
  readonly #journal: HeadTailJournal;

  /** `keptBytes`: maximum number of bytes to keep for each stream. Default 1 MiB. */
  constructor(options: { readonly keptBytes?: number } = {}) {
    this.#journal = new HeadTailJournal(options.keptBytes ?? DEFAULT_KEPT_OUTPUT_BYTES);
  }

  /** Adds output. The bytes are copied. */
  push(chunk: OutputChunk): void {
    this.#journal.push(chunk.stream === 'stdout' ? 0 : 1, chunk.bytes);
  }

  /** Returns the total number of bytes pushed to both streams so far. */
  get totalBytes(): number {
    const [out, err] = this.#journal.streams;
    return out.totalBytes + err.totalBytes;
  }

  /** Returns the output that was kept so far. You can push more output afterwards. */
  snapshot(): OutputSnapshot {
    const [out, err] = this.#journal.streams;
    const stdout = journalText(this.#journal, 0);
    const stderr = journalText(this.#journal, 1);
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

  /** Returns both streams as one text. If only one stream has text, the string of that stream is reused to save memory. */
  #output(stdout: string, stderr: string): string {
    if (stderr === '') return stdout;
    return stdout === '' ? stderr : journalText(this.#journal).text;
  }
}

function truncation(totalBytes: number, omittedBytes: number): StreamTruncation {
  return { totalBytes, keptBytes: totalBytes - omittedBytes, omittedBytes };
}
