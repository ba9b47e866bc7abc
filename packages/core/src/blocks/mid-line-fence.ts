import type { FencedCode } from './fence.ts';

/**
 * A fence at the end of a line of text, as in "Run this: ```python".
 *
 * In CommonMark, the closing fence of such a block would start another block, which would contain the text and code that follow. Here, the two fences belong together. If the first fence has a language, there is a code block between the fences.
 */
export class MidLineFence {
  readonly #length: number;
  readonly #language: string;
  readonly #lines: string[] = [];
  #isClosed = false;

  private constructor(length: number, language: string) {
    this.#length = length;
    this.#language = language;
  }

  /**
   * Finds such a fence at the end of a line of text. Returns undefined if there is no such fence. `text` is the line without white space
   * around it.
   */
  static find(text: string): MidLineFence | undefined {
    if (!text.includes('```') || text.startsWith('```')) return undefined;
    const [, run = '', language = ''] = /(?<![`\\])(`{3,})([\w+#.-]*)$/.exec(text) ?? [];
    if (run === '' || countRuns(text, run.length) % 2 === 0) return undefined;
    return new MidLineFence(run.length, language);
  }

  /**
   * Reads the next line. `text` is the line without white space around it. `line` is the text to keep as code.
   *
   * `continued`: the line is part of the code. `closed`: the line ends the code. `outside`: the line is not part of the code,
   * and there is no code block.
   */
  add(text: string, line: string): 'continued' | 'closed' | 'outside' {
    if (text === '' && (this.#language === '' || this.#lines.length === 0)) return 'outside';
    if (/^(?:`{3,}[A-Za-z{]|~~~)/.test(text)) return 'outside';
    const [run = ''] = /(?<!`)`{3,}$/.exec(text) ?? [];
    const isFence = run === text && run.length >= this.#length;
    if (run.length === this.#length || isFence) {
      if (!isFence) this.#lines.push(line.trimEnd().slice(0, -run.length));
      this.#isClosed = true;
      return 'closed';
    }
    if (countRuns(text, this.#length) > 0) return 'closed';
    this.#lines.push(line);
    return 'continued';
  }

  /** Returns the code block, or undefined for inline code. Inline code has no language, or there is text after its closing fence. */
  get code(): FencedCode | undefined {
    return this.#isClosed && this.#language !== '' ? { info: this.#language, lines: this.#lines } : undefined;
  }
}

/** Returns the number of runs of exactly `length` backticks. */
function countRuns(text: string, length: number): number {
  return [...text.matchAll(/`+/g)].filter(([run]) => run.length === length).length;
}
