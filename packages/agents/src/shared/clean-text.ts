import { sanitizeTerminalText, stripColours, TerminalSanitizer } from '@sandpod/core';

/** Unicode tags and variation selectors can hide text: people do not see them, but models read them. */
const invisibleTags = /[\u{e0000}-\u{e007f}]|[\u{e0100}-\u{e01ef}]/gu;

/** Removes terminal codes, colours, lone surrogates, and control, direction and tag characters from guest text; lines end in `\n`. */
export function cleanText(text: string): string {
  return plain(sanitizeTerminalText(text));
}

/** Like {@link cleanText}, on a single line: for names and reasons that a guest may have chosen. */
export function cleanLine(text: string): string {
  return cleanText(text)
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
  return stripColours(text).replaceAll('\r', '').replace(invisibleTags, '').toWellFormed();
}
