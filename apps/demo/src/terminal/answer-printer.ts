import { styleText } from 'node:util';
import { sanitizeTerminalText, stripColours, TerminalSanitizer } from '@sandpod/core';
import { quoteVisibly, revealFormat, revealLine, showCode } from '@sandpod/core/text';
import type { DemoTools } from '../api-types.ts';
import { describeError } from '../describe-error.ts';

type Input = DemoTools['run_code']['input'];
type Output = DemoTools['run_code']['output'];
type Style = 'dim' | 'cyan' | 'green' | 'red' | 'bold';

const LAST_LINES = 10;
const DEFAULT_COLUMNS = 100;
/** Number of columns that the frame uses to the left of code. */
const FRAME_COLUMNS = 2;

export interface PrinterOptions {
  readonly write: (text: string) => void;
  readonly hasColors: boolean;
  /** Width of the terminal. Default 100. */
  readonly columns?: number | undefined;
}

/** Prints an answer as it arrives: text, code, the code's output, and the way in which the code ended. */
export class AnswerPrinter {
  readonly #options: PrinterOptions;
  readonly #sanitizer = new TerminalSanitizer();
  #isLineStart = true;
  /** The part of the running code's output that has been printed. */
  #shown = '';
  #isCut = false;
  #progress = '';

  constructor(options: PrinterOptions) {
    this.#options = options;
  }

  /** Prints text from the agent. */
  text(text: string): void {
    this.#write(stripColours(this.#sanitizer.push(text)));
  }

  code({ code, language = 'python' }: Input): void {
    this.#write(stripColours(this.#sanitizer.end()));
    this.#shown = '';
    this.#isCut = false;
    this.#progress = '';
    const { columns = DEFAULT_COLUMNS } = this.#options;
    const { text, warnings } = showCode(code, { columns: columns - FRAME_COLUMNS });
    this.line(`┌─ ${language}`, 'cyan');
    for (const line of text.trimEnd().split('\n')) this.line(`│ ${line}`, 'dim');
    this.line('└─', 'cyan');
    for (const warning of warnings) this.line(`! ${warning}`, 'red');
  }

  /** Prints the state of a run. */
  output(output: Output): void {
    if (output.progress !== undefined && output.progress !== this.#progress) {
      this.#progress = output.progress;
      this.line(output.progress, 'dim');
    }
    this.#write(this.#unseen(output.output));
  }

  /** Prints how a run ended. */
  ending(output: Output): void {
    const { failure, outcome, reason, durationMs } = output;
    if (failure) {
      this.error(failure);
      return;
    }
    if (this.#isCut) this.#write(`${output.output.trimEnd().split('\n').slice(-LAST_LINES).join('\n')}\n`);
    const seconds = durationMs === undefined ? '' : ` after ${(durationMs / 1_000).toFixed(1)} s`;
    const isOk = outcome === 'ok';
    const why = isOk || reason === undefined ? '' : `: ${reason}`;
    this.line(`${isOk ? '✓' : '✗'} ${outcome ?? 'ended'}${seconds}${why}`, isOk ? 'green' : 'red');
    for (const { path, size } of output.files)
      this.line(`  file ${quoteVisibly(path)}, ${size} bytes; keep it with: /save ${revealLine(path)}`, 'dim');
  }

  /** Prints an error with its advice. */
  failed(error: unknown): void {
    this.error(describeError(error).error);
  }

  error({ message, advice }: { readonly message: string; readonly advice?: string }): void {
    this.line(`✗ ${message}`, 'red');
    if (advice) this.line(`  ${advice}`, 'dim');
  }

  /** Prints a text on a separate line. Removes terminal codes and replaces hidden characters with escapes. */
  line(text: string, style?: Style): void {
    const safe = stripColours(sanitizeTerminalText(revealFormat(text))).replaceAll('\n', ' ');
    const lead = this.#isLineStart ? '' : '\n';
    this.#options.write(`${lead}${this.#style(safe, style)}\n`);
    this.#isLineStart = true;
  }

  /** Ends the answer. */
  end(): void {
    this.#write(stripColours(this.#sanitizer.end()));
    if (!this.#isLineStart) this.#write('\n');
  }

  /** Returns the part of a run's output that was not printed yet. If the middle is cut, the last lines are printed when the run ends. */
  #unseen(output: string): string {
    const shown = this.#shown;
    this.#shown = output;
    if (this.#isCut) return '';
    if (output.startsWith(shown)) return output.slice(shown.length);
    this.#isCut = true;
    return '\n… (too much to show; the end follows)\n';
  }

  #write(text: string): void {
    if (text === '') return;
    this.#isLineStart = text.endsWith('\n');
    this.#options.write(text);
  }

  #style(text: string, style: Style | undefined): string {
    return style && this.#options.hasColors ? styleText(style, text, { validateStream: false }) : text;
  }
}
