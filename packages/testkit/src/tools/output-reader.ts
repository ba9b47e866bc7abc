import type { OutputChunk, SandboxProcess } from '@sandpod/core';

/** Reads a process's output in the background, so that a test can wait for a text. */
export class OutputReader {
  readonly chunks: OutputChunk[] = [];
  /** Resolves when the output has ended, even if reading failed. */
  readonly ended: Promise<void>;
  #hasEnded = false;
  #news = Promise.withResolvers<void>();

  constructor(process: SandboxProcess) {
    this.ended = this.#read(process.output);
  }

  /** Resolves when the combined streams contain `text`. Rejects if they end without it. */
  async until(text: string): Promise<void> {
    while (!this.text().includes(text)) {
      if (this.#hasEnded)
        throw new Error(`Expected ${JSON.stringify(text)} in the output, given ${JSON.stringify(this.text().slice(-400))}.`);
      await this.#news.promise;
    }
  }

  text(stream?: 'stdout' | 'stderr'): string {
    const wanted = this.chunks.filter((chunk) => stream === undefined || chunk.stream === stream);
    return Buffer.concat(wanted.map(({ bytes }) => bytes)).toString();
  }

  async #read(output: ReadableStream<OutputChunk>): Promise<void> {
    try {
      for await (const chunk of output) {
        this.chunks.push(chunk);
        this.#tell();
      }
    } catch {
      // The process's wait() rejects with the reason.
    }
    this.#hasEnded = true;
    this.#tell();
  }

  #tell(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers<void>();
  }
}

/** Returns all bytes of a stream. */
export async function readStream(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}
