import { escapeCharacter } from './escape-character.ts';
import { revealHidden } from './hidden-characters.ts';
import { shortenBlanks, shortenEmptyLines } from './shorten-blanks.ts';
import { hasRightToLeft, suspiciousWords } from './suspicious-words.ts';
import { CONTINUATION_MARK, wrapLine } from './wrap-line.ts';

/** Code in a form that a person can review before it runs. */
export interface ShownCode {
  /**
   * The code, wrapped at `columns` columns. Hidden characters are replaced with escapes such as `\u{202e}`. Long runs of blanks or
   * empty lines are replaced with a count. Lines that continue a long line begin with `↪`.
   */
  readonly text: string;
  /** One sentence for each property of the code that can deceive a reader. Empty for most code. */
  readonly warnings: readonly string[];
}

export interface ShowCodeOptions {
  /** Maximum width of a line in columns. A non-ASCII character counts as 2 columns, and a tab as 8. At least 20. Default 100. */
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
    short === revealed ? '' : 'Long runs of blanks or empty lines are replaced with a count.',
    hasRightToLeft(given) ? 'Letters that are written from right to left can appear in a different order than in the code.' : '',
    wordsWarning(suspiciousWords(revealed)),
  ];
  return { text: rows.join('\n'), warnings: warnings.filter(Boolean) };
}

function wordsWarning(words: readonly string[]): string {
  return words.length === 0 ? '' : `Words with non-ASCII characters can look like other words: ${words.join(', ')}.`;
}
