import type { CodeResult, ExecutionEvent } from '@sandpod/core';
import { BoundedResults } from '@sandpod/core';
import { BoundedText } from '../shared/bounded-text.ts';
import { cleanLine, TextCleaner } from '../shared/clean-text.ts';
import type { PlatformFailure } from '../shared/failure-text.ts';
import type { CodeToolOutput } from './code-tool-output.ts';
import { finalOutput, type OutputBounds } from './final-output.ts';

type Stream = 'stdout' | 'stderr';

/** Builds the current state of a run from its events. */
export class RunView {
  readonly #options: OutputBounds & { readonly language: string };
  readonly #texts: Readonly<Record<Stream | 'output', BoundedText>>;
  readonly #results: BoundedResults;
  readonly #cleaners: Readonly<Record<Stream, TextCleaner>> = { stdout: new TextCleaner(), stderr: new TextCleaner() };
  #isStarted = false;
  #hasRun = false;
  #progress: string | undefined;
  #final: CodeToolOutput | undefined;

  constructor(options: OutputBounds & { readonly language: string }) {
    this.#options = options;
    this.#results = new BoundedResults(options.maxImageBytes);
    const text = (): BoundedText => new BoundedText(options.maxOutputCharacters);
    this.#texts = { output: text(), stdout: text(), stderr: text() };
  }

  add(event: ExecutionEvent): void {
    if (event.type === 'status') this.#progress = cleanLine(event.progress.message);
    else this.#isStarted = true;
    if (event.type === 'stdout' || event.type === 'stderr') this.#addText(event.type, event.text);
    if (event.type !== 'status' && event.type !== 'block-start') this.#hasRun = true;
    if (event.type === 'result') this.#results.add(event.result);
  }

  /** Adds the result of the run. Regularly lets the event loop run. */
  async end(result: CodeResult): Promise<void> {
    this.#final = await finalOutput(result, this.#options);
  }

  /**
   * Adds a failure of the platform. If the code has already started, reports a lost run instead, because the text "was not run" would
   * invite the model to run the code again.
   */
  fail(failure: PlatformFailure): void {
    const lost = { outcome: 'transport', exitCode: null, reason: failure.message } as const;
    this.#final = { ...this.#current(), status: 'done', ...(this.#hasRun ? lost : { failure }) };
  }

  /** Returns the state so far. Later events do not change the returned value. */
  snapshot(): CodeToolOutput {
    return this.#final ?? this.#current();
  }

  /** Returns the approximate number of characters in the value that {@link snapshot} returns. */
  get characters(): number {
    return this.#texts.output.length + this.#texts.stdout.length + this.#texts.stderr.length + this.#results.characters;
  }

  #current(): CodeToolOutput {
    return {
      status: this.#isStarted ? 'running' : 'starting',
      language: this.#options.language,
      ...(this.#isStarted || this.#progress === undefined ? {} : { progress: this.#progress }),
      output: this.#texts.output.toString(),
      stdout: this.#texts.stdout.toString(),
      stderr: this.#texts.stderr.toString(),
      files: [],
      results: this.#results.list(),
    };
  }

  #addText(stream: Stream, text: string): void {
    const clean = this.#cleaners[stream].push(text);
    this.#texts[stream].push(clean);
    this.#texts.output.push(clean);
  }
}
