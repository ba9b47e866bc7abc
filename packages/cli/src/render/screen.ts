import { styleText } from 'node:util';
import { TerminalSanitizer } from '@sandpod/core';
import type { OutputSink } from './output-sink.ts';
import { safeLine } from './safe-line.ts';

const CLEAR_LINE = '\r\u001b[K';

type StreamName = 'stdout' | 'stderr';

export interface ScreenOptions {
  readonly stdout: OutputSink;
  readonly stderr: OutputSink;
  /** If true, shows only guest output. */
  readonly isQuiet: boolean;
  /** If true, shows progress even if stderr is not a terminal. */
  readonly isVerbose: boolean;
  readonly hasColors: boolean;
  /** True if the terminal can clear a line. */
  readonly canRewrite: boolean;
}

/** Shows the guest's stdout and stderr, made safe for terminals. Shows the command's messages on stderr. */
export class Screen {
  readonly #options: ScreenOptions;
  readonly #sanitizers: Partial<Record<StreamName, TerminalSanitizer>> = {};
  /** True if the terminal's cursor is at the start of a line. */
  #isLineStart = true;
  #hasTransientLine = false;

  constructor(options: ScreenOptions) {
    this.#options = options;
    for (const name of ['stdout', 'stderr'] as const) {
      if (options[name].isTerminal) this.#sanitizers[name] = new TerminalSanitizer();
    }
  }

  /** Returns true if progress is shown, because stderr is a terminal or the user set `--verbose`. */
  get showsProgress(): boolean {
    const { stdout, stderr, isQuiet, isVerbose } = this.#options;
    return !stdout.failure && (isVerbose || (stderr.isTerminal && !isQuiet));
  }

  /** Writes guest text. The text is sanitized for a terminal, and written unchanged to a file or a pipe. */
  async guest(name: StreamName, text: string): Promise<void> {
    const sanitizer = this.#sanitizers[name];
    await this.#writeGuest(name, sanitizer ? sanitizer.push(text) : text);
  }

  /** Writes the text that the sanitizers still hold back at the end of a block. */
  async endGuest(): Promise<void> {
    for (const name of ['stdout', 'stderr'] as const) await this.#writeGuest(name, this.#sanitizers[name]?.end() ?? '');
  }

  /** Shows a line if progress is shown. */
  async line(text: string): Promise<void> {
    if (this.showsProgress) await this.#writeLine(this.#dim(safeLine(text)));
  }

  /** Shows a line, unless the user set `--quiet` or the reader closed the output. */
  async notice(text: string): Promise<void> {
    if (!this.#options.isQuiet && !this.#options.stdout.failure) await this.#writeLine(`sandpod: ${safeLine(text)}`);
  }

  /** Shows progress: on a terminal each line replaces the previous line; with `--verbose` the lines are kept. */
  async progress(text: string): Promise<void> {
    if (this.#options.isVerbose) return this.line(text);
    if (!this.showsProgress || !this.#isLineStart || !this.#options.canRewrite) return;
    const clearing = this.#hasTransientLine ? CLEAR_LINE : '';
    this.#hasTransientLine = true;
    await this.#options.stderr.write(clearing + this.#dim(safeLine(text).slice(0, 76)));
  }

  /** Removes the progress line. */
  async clearProgress(): Promise<void> {
    if (!this.#hasTransientLine) return;
    this.#hasTransientLine = false;
    await this.#options.stderr.write(CLEAR_LINE);
  }

  async #writeGuest(name: StreamName, text: string): Promise<void> {
    if (text === '') return;
    await this.clearProgress();
    const sink = this.#options[name];
    if (sink.isTerminal) this.#isLineStart = text.endsWith('\n');
    await sink.write(text);
  }

  async #writeLine(text: string): Promise<void> {
    await this.clearProgress();
    const { stderr } = this.#options;
    const lead = stderr.isTerminal && !this.#isLineStart ? '\n' : '';
    this.#isLineStart = true;
    await stderr.write(`${lead}${text}\n`);
  }

  #dim(text: string): string {
    const { stderr, hasColors } = this.#options;
    return stderr.isTerminal && hasColors ? styleText('dim', text, { validateStream: false }) : text;
  }
}
