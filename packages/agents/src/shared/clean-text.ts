import { sanitizeTerminalText, stripColours, TerminalSanitizer } from '@sandpod/core';
import { Pace } from '@sandpod/core/backend';
import { cutText } from './cut-text.ts';

/** Maximum length of a line for {@link cleanLine}. A longer line is cut in the middle before it is cleaned. */
const MAX_LINE_CHARACTERS = 10_000;

const PIECE_CHARACTERS = 32 * 1024;

const JOINERS = String.raw`\u200c\u200d\ufe0e\ufe0f`;
const INVISIBLE = String.raw`\p{Cf}\p{Default_Ignorable_Code_Point}`;
/** A character that a joiner can change: a letter in a script that needs joiners, or an emoji. */
const JOINED = String.raw`[^\0-\x7f${INVISIBLE}]`;

/**
 * Matches format, direction and tag characters, and all other characters that Unicode ignores by default. They can hide text: people
 * do not see them, but models read them. A joiner after a letter or an emoji does not match, because it changes what people see.
 */
const invisible = new RegExp(
  String.raw`[[${INVISIBLE}]--[${JOINERS}]]|(?<!${JOINED}\ufe0f?)\u200d|(?<!${JOINED})[\u200c\ufe0e\ufe0f]`,
  'gv',
);

/** Removes terminal codes, colors, lone surrogates, and control, direction and invisible characters from guest text; lines end in `\n`. */
export function cleanText(text: string): string {
  return plain(sanitizeTerminalText(text));
}

/** Like {@link cleanText}, but regularly lets the event loop run. @throws the abort reason if the signal aborts. */
export async function cleanTextInTurns(text: string, abortSignal?: AbortSignal): Promise<string> {
  const pace = new Pace(abortSignal);
  const cleaner = new TextCleaner();
  let clean = '';
  for (let start = 0; start < text.length; ) {
    const end = pieceEnd(text, start + PIECE_CHARACTERS);
    clean += cleaner.push(text.slice(start, end));
    if (pace.isDue) await pace.turn();
    start = end;
  }
  return clean + cleaner.end();
}

/** Returns a position that does not divide a surrogate pair. */
function pieceEnd(text: string, position: number): number {
  return (text.codePointAt(position - 1) ?? 0) > 0xffff ? position + 1 : position;
}

/**
 * Like {@link cleanText}, but returns a single line of at most about 10,000 characters. Used for reasons and messages that a guest may have
 * chosen.
 */
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
