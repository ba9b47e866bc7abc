/** Maximum length of a color sequence that is kept, in characters between `ESC [` and `m`. */
const MAX_COLOUR_LENGTH = 64;

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const ESCAPE = 0x1b;
const DELETE = 0x7f;
const RESET = '\u001b[0m';

/** The current position inside an escape sequence. See ECMA-48, sections 5.3 to 5.6. */
type State = 'text' | 'escape' | 'designation' | 'control-sequence' | 'control-string';

/**
 * Like {@link sanitizeTerminalText}, for text that arrives in pieces. An escape sequence may be split anywhere.
 *
 * Stores at most one short color sequence. The content of other sequences is dropped as it arrives.
 */
export class TerminalSanitizer {
  #state: State = 'text';
  /** The text since `ESC [`, while it can still become a color sequence. */
  #colour: string | undefined;
  #hasPendingReturn = false;
  #isColoured = false;

  push(text: string): string {
    let clean = '';
    for (let index = 0; index < text.length; ) {
      const end = this.#hasPendingReturn ? index : this.#endOfSpan(text, index);
      if (end > index) {
        if (this.#state === 'text') clean += text.slice(index, end);
        index = end;
      } else {
        clean += this.#step(text.charCodeAt(index), text.charAt(index));
        index += 1;
      }
    }
    return clean;
  }

  /** Returns the remaining text. Resets a color that the guest left on. */
  end(): string {
    const rest = (this.#hasPendingReturn ? '\n' : '') + (this.#isColoured ? RESET : '');
    this.#state = 'text';
    this.#hasPendingReturn = false;
    this.#isColoured = false;
    return rest;
  }

  /** Returns the end of the text that can be kept or dropped in one step. */
  #endOfSpan(text: string, start: number): number {
    let end = start;
    if (this.#state === 'text') while (end < text.length && isPlain(text.charCodeAt(end))) end += 1;
    if (this.#state === 'control-string') while (end < text.length && !isControl(text.charCodeAt(end))) end += 1;
    return end;
  }

  #step(code: number, character: string): string {
    if (!this.#hasPendingReturn) return this.#next(code, character);
    this.#hasPendingReturn = false;
    return (code === LINE_FEED ? '\r' : '\n') + this.#next(code, character);
  }

  #next(code: number, character: string): string {
    if (this.#state === 'text' || isControl(code)) return this.#text(code, character);
    if (this.#state === 'escape') return this.#escape(code);
    if (this.#state === 'control-sequence') return this.#controlSequence(code, character);
    if (code < 0x20 || code > 0x2f) this.#state = 'text';
    return code > DELETE ? this.#text(code, character) : '';
  }

  /** Every control character ends the sequence before it, so that an unfinished sequence hides at most one line. */
  #text(code: number, character: string): string {
    this.#state = stateAfter(code, this.#state);
    this.#colour = undefined;
    if (code === CARRIAGE_RETURN) this.#hasPendingReturn = true;
    return isPlain(code) ? character : '';
  }

  #escape(code: number): string {
    if (code === 0x5b) {
      this.#state = 'control-sequence';
      this.#colour = '';
    } else if (code === 0x50 || code === 0x58 || (code >= 0x5d && code <= 0x5f)) this.#state = 'control-string';
    else if (code >= 0x20 && code <= 0x2f) this.#state = 'designation';
    else this.#state = 'text';
    return code > DELETE ? this.#text(code, String.fromCharCode(code)) : '';
  }

  #controlSequence(code: number, character: string): string {
    if (code > DELETE) return this.#text(code, character);
    if (code < 0x40) {
      this.#colour =
        this.#colour !== undefined && isColourPart(code) && this.#colour.length < MAX_COLOUR_LENGTH ? this.#colour + character : undefined;
      return '';
    }
    this.#state = 'text';
    if (character !== 'm' || this.#colour === undefined) return '';
    this.#isColoured = !/^0*$/.test(this.#colour);
    return `\u001b[${this.#colour}m`;
  }
}

function stateAfter(code: number, state: State): State {
  if (code === ESCAPE) return 'escape';
  if (code === 0x9b) return 'control-sequence';
  if (code === 0x90 || code === 0x98 || (code >= 0x9d && code <= 0x9f)) return 'control-string';
  return state === 'control-string' && code === DELETE ? state : 'text';
}

function isPlain(code: number): boolean {
  if (code < 0x20) return code === LINE_FEED || code === TAB;
  return code < DELETE || (code > 0x9f && !isDirectionOverride(code));
}

/** C0 controls, DEL and C1 controls. */
function isControl(code: number): boolean {
  return code < 0x20 || (code >= DELETE && code <= 0x9f);
}

/** Embeddings, overrides and isolates can display text in a misleading order (CVE-2021-42574). */
function isDirectionOverride(code: number): boolean {
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

/** Checks for digits, `:` and `;`. */
function isColourPart(code: number): boolean {
  return code >= 0x30 && code <= 0x3b;
}
