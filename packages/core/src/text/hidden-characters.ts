import { escapeCharacter } from './escape-character.ts';

/**
 * Characters that people cannot see, or that move other characters: control and format characters, characters that Unicode
 * ignores by default, private and unassigned characters, and blanks other than a space. The last three code points in the
 * pattern are drawn as blanks, although Unicode counts them as visible.
 */
const HIDDEN = String.raw`[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u{16fe4}\u{1d159}]`;

/** Maximum number of characters in one match, because the engine needs stack memory for each character. */
const RUN = '{1,65536}';

const anyHidden = new RegExp(`[${HIDDEN}--[ ]]`, 'v');
const eachInLine = new RegExp(`[${HIDDEN}--[ ]]`, 'gv');
const runsInLine = new RegExp(`[${HIDDEN}--[ ]]${RUN}`, 'gv');
const runsInText = new RegExp(`[${HIDDEN}--[ \\t\\n]]${RUN}`, 'gv');
const runsOfFormat = new RegExp(`[${HIDDEN}--[ \\p{Cc}]]${RUN}`, 'gv');

/** A longer run of hidden characters is shortened to a few escapes and a count, so that it cannot push other text out of sight. */
const MAX_RUN = 32;
const SHOWN_OF_RUN = 8;

/** More marks on one letter than any language uses. Fonts draw them above and below each other, over other lines. */
const stackedMarks = /\p{M}{5,65536}/gu;

/** Returns true if a text contains invisible characters, including tabs and line breaks. A space counts as visible. */
export function hasHidden(text: string): boolean {
  return anyHidden.test(text);
}

/** Replaces hidden characters with escapes such as `\u{202e}`. Keeps spaces, tabs and line feeds. Shortens long runs and adds a count. */
export function revealHidden(text: string): string {
  return text.replace(runsInText, escapeRun);
}

/** Like {@link revealHidden}, but also escapes tabs and line breaks. Use it for a text that must be on one line, such as a file name. */
export function revealLine(text: string): string {
  return text.replace(runsInLine, escapeRun);
}

/** Like {@link revealHidden}, but keeps control characters. Use it for text whose terminal codes are removed afterwards. */
export function revealFormat(text: string): string {
  return text.replace(runsOfFormat, escapeRun);
}

/** Replaces more than four combining marks in a row with escapes, like {@link revealHidden}. */
export function revealMarks(text: string): string {
  return text.replace(stackedMarks, escapeRun);
}

/** Replaces each hidden character with another character, for example in a file name. */
export function replaceHidden(text: string, replacement: (character: string) => string): string {
  return text.replace(eachInLine, replacement);
}

/** Replaces each run of hidden characters, including tabs and line breaks. A very long run counts as several. */
export function replaceRuns(text: string, replacement: (run: string) => string): string {
  return text.replace(runsInLine, replacement);
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
