import { escapeCharacter } from './escape-character.ts';

/**
 * Characters that people cannot see, or that move other characters: controls, format characters, everything that Unicode
 * ignores by default, private and unassigned characters, and blanks other than a space. The last three are drawn as nothing
 * although Unicode counts them as visible.
 */
const HIDDEN = String.raw`[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u{16fe4}\u{1d159}]`;

/** At most this number of characters is matched at once: the engine needs stack for each. */
const RUN = '{1,65536}';

const anyHidden = new RegExp(`[${HIDDEN}--[ ]]`, 'v');
const eachInLine = new RegExp(`[${HIDDEN}--[ ]]`, 'gv');
const runsInLine = new RegExp(`[${HIDDEN}--[ ]]${RUN}`, 'gv');
const runsInText = new RegExp(`[${HIDDEN}--[ \\t\\n]]${RUN}`, 'gv');
const runsOfFormat = new RegExp(`[${HIDDEN}--[ \\p{Cc}]]${RUN}`, 'gv');

/** A longer run of hidden characters is shortened to its number, so that its escapes cannot push other text out of sight. */
const MAX_RUN = 32;
const SHOWN_OF_RUN = 8;

/** Whether a text has characters that people cannot see. A space is visible; a tab and a line break are not. */
export function hasHidden(text: string): boolean {
  return anyHidden.test(text);
}

/** Shows hidden characters as escapes such as `\u{202e}`. Spaces, tabs and line feeds stay. Long runs are shortened to their number. */
export function revealHidden(text: string): string {
  return text.replace(runsInText, escapeRun);
}

/** Like {@link revealHidden}, for a text of one line, such as the name of a file: tabs and line breaks are escaped too. */
export function revealLine(text: string): string {
  return text.replace(runsInLine, escapeRun);
}

/** Like {@link revealHidden}, but control characters stay: for text whose terminal codes are removed afterwards. */
export function revealFormat(text: string): string {
  return text.replace(runsOfFormat, escapeRun);
}

/** Replaces each hidden character, for example in the name under which a file is saved. */
export function replaceHidden(text: string, replacement: (character: string) => string): string {
  return text.replace(eachInLine, replacement);
}

function escapeRun(run: string): string {
  let escapes = '';
  let count = 0;
  for (const character of run) {
    count += 1;
    if (count <= MAX_RUN) escapes += escapeCharacter(character);
  }
  if (count <= MAX_RUN) return escapes;
  const shown = Array.from(run.slice(0, 2 * SHOWN_OF_RUN)).slice(0, SHOWN_OF_RUN);
  return `${shown.map(escapeCharacter).join('')}[... ${count - SHOWN_OF_RUN} hidden characters ...]`;
}
