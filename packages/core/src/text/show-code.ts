import { atOnce, type Steps } from '../control/steps.ts';
import { CodeView } from './code-view.ts';
import { lineParts } from './line-parts.ts';

/** Code in a form that a person can review before it runs. */
export interface ShownCode {
  /**
   * The code, wrapped at `columns` columns. Hidden characters, and marks stacked on one letter, are replaced with escapes such as
   * `\u{202e}`. Long runs of blanks or empty lines are replaced with a count. Lines that continue a long line begin with `↪`.
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
export function showCode(code: string, options: ShowCodeOptions = {}): ShownCode {
  return atOnce(showCodeInSteps(code, options));
}

/** Like {@link showCode}, but can pause: a million characters take a quarter of a second. */
export function* showCodeInSteps(code: string, { columns = DEFAULT_COLUMNS }: ShowCodeOptions = {}): Steps<ShownCode> {
  const view = new CodeView(Math.max(MIN_COLUMNS, columns));
  for (const part of lineParts(code)) {
    view.add(part);
    if (view.isStepDone) yield;
  }
  return view.end();
}
