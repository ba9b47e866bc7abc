import { sanitizeTerminalText, stripColours, TerminalSanitizer } from '@sandpod/core';

/** Unicode tags and variation selectors that text hides in: invisible to people, read by models. */
const invisibleTags = /[\u{e0000}-\u{e007f}]|[\u{e0100}-\u{e01ef}]/gu;

/** Makes guest text plain: lines end in `\n`; no terminal codes, no colours, no control, direction or tag characters, no broken surrogates. */
export function cleanText(text: string): string {
  return plain(sanitizeTerminalText(text));
}

/** {@link cleanText} on one line, for names and reasons that a guest may have chosen. */
export function cleanLine(text: string): string {
  return cleanText(text)
    .replace(/[\n\t\u2028\u2029]+/g, ' ')
    .trim();
}

/** {@link cleanText} for text that arrives in pieces; a sequence may be split anywhere, a character may not. */
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
