import { sanitizeTerminalText, stripColours, TerminalSanitizer } from '@sandpod/core';
import { cutText } from './cut-text.ts';

/** Longer lines are cut in the middle before they are cleaned. */
const MAX_LINE_CHARACTERS = 10_000;

const JOINERS = String.raw`\u200c\u200d\ufe0e\ufe0f`;
const INVISIBLE = String.raw`\p{Cf}\p{Default_Ignorable_Code_Point}`;
/** A character that a joiner can change: in scripts that need joiners, and in emoji. */
const JOINED = String.raw`[^\0-\x7f${INVISIBLE}]`;

/**
 * Format, direction, tag and all other characters that Unicode ignores by default can hide text: people do not see them, but models
 * read them. A joiner stays if it follows a letter or an emoji, because it changes what people see.
 */
const invisible = new RegExp(
  String.raw`[[${INVISIBLE}]--[${JOINERS}]]|(?<!${JOINED}\ufe0f?)\u200d|(?<!${JOINED})[\u200c\ufe0e\ufe0f]`,
  'gv',
);

/** Removes terminal codes, colors, lone surrogates, and control, direction and invisible characters from guest text; lines end in `\n`. */
export function cleanText(text: string): string {
  return plain(sanitizeTerminalText(text));
}

/** Like {@link cleanText}, on a single line of at most about 10,000 characters: for reasons and messages that a guest may have chosen. */
export function cleanLine(text: string): string {
  return cleanText(cutText(text, MAX_LINE_CHARACTERS))
    .replace(/[\n\t\u2028\u2029]+/g, ' ')
    .trim();
}

/** Like {@link cleanText}, for text that arrives in pieces. Escape sequences may be split between pieces; characters may not. */
export class TextCleaner {
  readonly #sanitizer = new TerminalSanitizer();

  push(text: string): string {
    return plain(this.#sanitizer.push(text));
  }

  end(): string {
    return plain(this.#sanitizer.end());
  }
}

function plain(text: string): string {
  return stripColours(text).replaceAll('\r', '').replace(invisible, '').toWellFormed();
}
