import { escapeCharacter } from './escape-character.ts';
import { revealHidden } from './hidden-characters.ts';
import { shortenBlanks, shortenEmptyLines } from './shorten-blanks.ts';
import { hasRightToLeft, suspiciousWords } from './suspicious-words.ts';
import { CONTINUATION_MARK, wrapLine } from './wrap-line.ts';

/** Code as a person can judge it before it runs. */
export interface ShownCode {
  /**
   * The code on lines of at most `columns` columns. Every hidden character is an escape such as `\u{202e}`, long runs of blanks and
   * of empty lines are shortened to their number, and the rest of a long line follows on lines that begin with `↪`.
   */
  readonly text: string;
  /** One sentence for each property of the code that can deceive a reader; empty for most code. */
  readonly warnings: readonly string[];
}

export interface ShowCodeOptions {
  /** Width of a line in columns; a character outside ASCII counts as 2 and a tab as 8. At least 20. Default 100. */
  readonly columns?: number | undefined;
}

const DEFAULT_COLUMNS = 100;
const MIN_COLUMNS = 20;

/** Renders code for approval, so that none of it is invisible, out of sight, or easily mistaken for other code. */
export function showCode(code: string, { columns = DEFAULT_COLUMNS }: ShowCodeOptions = {}): ShownCode {
  const given = code.replaceAll('\r\n', '\n').replaceAll(CONTINUATION_MARK, escapeCharacter(CONTINUATION_MARK));
  const revealed = revealHidden(given);
  const short = shortenEmptyLines(shortenBlanks(revealed));
  const width = Math.max(MIN_COLUMNS, columns);
  const rows = short.split('\n').flatMap((line) => wrapLine(line, width));
  const warnings = [
    revealed === given ? '' : 'Hidden characters are shown as escapes such as \\u{202e}.',
    short === revealed ? '' : 'Long runs of blanks or empty lines are shortened to their number.',
    hasRightToLeft(given) ? 'Letters that are written from right to left can appear in another order than that of the code.' : '',
    wordsWarning(suspiciousWords(revealed)),
  ];
  return { text: rows.join('\n'), warnings: warnings.filter(Boolean) };
}

function wordsWarning(words: readonly string[]): string {
  return words.length === 0 ? '' : `Words with characters outside ASCII can pass for other words: ${words.join(', ')}.`;
}
