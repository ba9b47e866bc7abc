import { escapeCharacter } from './escape-character.ts';
import { revealHidden, revealMarks } from './hidden-characters.ts';
import type { LinePart } from './line-parts.ts';
import { shortenBlanks } from './shorten-blanks.ts';
import type { ShownCode } from './show-code.ts';
import { hasRightToLeft, SuspiciousWords } from './suspicious-words.ts';
import { CONTINUATION_MARK, wrapLine } from './wrap-line.ts';

const MAX_EMPTY_LINES = 8;
/** More rows than this do not fit on a screen or two, so the reader gets a warning. */
const MANY_ROWS = 400;
/** Number of characters that are processed in one step. A line takes time even if it is empty. */
const STEP_CHARACTERS = 16 * 1024;
const LINE_COST = 64;

/** Only blanks in this text can deceive. */
const plain = /^[\t -~]*$/;

const HIDDEN = 'Hidden characters are shown as escapes such as \\u{202e}.';
const MARKS = 'Many marks on one letter can cover other code. They are shown as escapes such as \\u{336}.';
const BLANKS = 'Long runs of blanks or empty lines are replaced with a count.';
const RIGHT_TO_LEFT = 'Letters that are written from right to left can appear in a different order than in the code.';

/** Builds the view of code for a reviewer, part by part. */
export class CodeView {
  readonly #columns: number;
  readonly #words = new SuspiciousWords();
  readonly #warnings = new Set<string>();
  /** Whole rows, and the rows that were added since the last step. */
  #text = '';
  #rows: string[] = [];
  #rowCount = 0;
  /** Empty lines whose number is not known yet. */
  #empty: string[] = [];
  #emptyCount = 0;
  #cost = 0;

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** Returns true if enough was processed since it last returned true. */
  get isStepDone(): boolean {
    if (this.#cost < STEP_CHARACTERS) return false;
    this.#flushRows();
    this.#cost = 0;
    return true;
  }

  add({ text, continues }: LinePart): void {
    const shown = this.#reveal(text);
    this.#cost += text.length + shown.length + LINE_COST;
    if (!continues && shown.trim() === '') {
      this.#emptyCount += 1;
      if (this.#empty.length < MAX_EMPTY_LINES) this.#empty.push(shown);
      return;
    }
    this.#flushEmpty();
    this.#wrap(shown, continues);
  }

  end(): ShownCode {
    this.#flushEmpty();
    this.#flushRows();
    const { description } = this.#words;
    const warnings = [HIDDEN, MARKS, BLANKS, RIGHT_TO_LEFT].filter((warning) => this.#warnings.has(warning));
    if (description !== '') warnings.push(description);
    if (this.#rowCount > MANY_ROWS)
      warnings.push(`The code fills ${this.#rowCount} lines, so some of it can be out of sight. Read all of it before you approve.`);
    // The first row follows a line break too.
    return { text: this.#text.slice(1), warnings };
  }

  #reveal(text: string): string {
    if (plain.test(text)) return this.#noting(BLANKS, { before: text, after: shortenBlanks(text) });
    const given = text.replaceAll(CONTINUATION_MARK, escapeCharacter(CONTINUATION_MARK));
    const visible = this.#noting(HIDDEN, { before: given, after: revealHidden(given) });
    const flat = this.#noting(MARKS, { before: visible, after: revealMarks(visible) });
    if (hasRightToLeft(given)) this.#warnings.add(RIGHT_TO_LEFT);
    this.#words.add(visible);
    return this.#noting(BLANKS, { before: flat, after: shortenBlanks(flat) });
  }

  #noting(warning: string, { before, after }: { readonly before: string; readonly after: string }): string {
    if (before !== after) this.#warnings.add(warning);
    return after;
  }

  #wrap(shown: string, continues: boolean): void {
    for (const row of wrapLine(shown, { columns: this.#columns, continues })) this.#rows.push(row);
  }

  #flushEmpty(): void {
    if (this.#emptyCount > MAX_EMPTY_LINES) {
      this.#warnings.add(BLANKS);
      this.#rows.push(`[... ${this.#emptyCount} empty lines ...]`);
    } else for (const line of this.#empty) this.#wrap(line, false);
    this.#empty = [];
    this.#emptyCount = 0;
  }

  #flushRows(): void {
    this.#rowCount += this.#rows.length;
    for (const row of this.#rows) this.#text += `\n${row}`;
    this.#rows = [];
  }
}
