import { CodeUnitWriter } from './code-unit-writer.ts';

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
 * Like {@link sanitizeTerminalText}, but for text that arrives in pieces. An escape sequence may be split at any position.
 *
 * Takes linear time. Stores at most one short color sequence. The content of other sequences is dropped as it arrives.
 */
export class TerminalSanitizer {
  #state: State = 'text';
  /** The text since `ESC [`, while it can still become a color sequence. */
  #colour: string | undefined;
  #hasPendingReturn = false;
  #isColoured = false;
  readonly #clean = new CodeUnitWriter();

  push(text: string): string {
    if (this.#state === 'text' && !this.#hasPendingReturn && isAllPlain(text)) return text;
    // The text since the start of a color sequence and a pending CR come from earlier pieces.
    this.#clean.reserve(text.length + MAX_COLOUR_LENGTH + RESET.length);
    for (let index = 0; index < text.length; index += 1) this.#step(text.charCodeAt(index));
    return this.#clean.take();
  }

  /** Returns the remaining text. Resets a color that the guest left on. */
  end(): string {
    const rest = (this.#hasPendingReturn ? '\n' : '') + (this.#isColoured ? RESET : '');
    this.#state = 'text';
    this.#hasPendingReturn = false;
    this.#isColoured = false;
    return rest;
  }

  #step(code: number): void {
    if (this.#hasPendingReturn) {
      this.#hasPendingReturn = false;
      this.#clean.write(code === LINE_FEED ? CARRIAGE_RETURN : LINE_FEED);
    }
    if (this.#state === 'text' || isControl(code)) this.#text(code);
    else if (this.#state === 'escape') this.#escape(code);
    else if (this.#state === 'control-sequence') this.#controlSequence(code);
    else if (this.#state === 'designation') this.#designation(code);
  }

  /** Every control character ends an unfinished sequence, so that such a sequence hides at most one line. */
  #text(code: number): void {
    this.#state = stateAfter(code, this.#state);
    this.#colour = undefined;
    if (code === CARRIAGE_RETURN) this.#hasPendingReturn = true;
    if (isPlain(code)) this.#clean.write(code);
  }

  #escape(code: number): void {
    if (code === 0x5b) {
      this.#state = 'control-sequence';
      this.#colour = '';
    } else if (code === 0x50 || code === 0x58 || (code >= 0x5d && code <= 0x5f)) this.#state = 'control-string';
    else if (code >= 0x20 && code <= 0x2f) this.#state = 'designation';
    else this.#state = 'text';
    if (code > DELETE) this.#text(code);
  }

  #designation(code: number): void {
    if (code >= 0x20 && code <= 0x2f) return;
    this.#state = 'text';
    if (code > DELETE) this.#text(code);
  }

  #controlSequence(code: number): void {
    if (code > DELETE) this.#text(code);
    else if (code < 0x40) this.#addToColour(code);
    else {
      this.#state = 'text';
      if (code === 0x6d && this.#colour !== undefined) this.#writeColour(this.#colour);
    }
  }

  #addToColour(code: number): void {
    const isKept = this.#colour !== undefined && isColourPart(code) && this.#colour.length < MAX_COLOUR_LENGTH;
    this.#colour = isKept ? this.#colour + String.fromCharCode(code) : undefined;
  }

  #writeColour(colour: string): void {
    this.#isColoured = !/^0*$/.test(colour);
    for (const character of `\u001b[${colour}m`) this.#clean.write(character.charCodeAt(0));
  }
}

function isAllPlain(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (!isPlain(text.charCodeAt(index))) return false;
  return true;
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

/** Returns true for C0 controls, DEL and C1 controls. */
function isControl(code: number): boolean {
  return code < 0x20 || (code >= DELETE && code <= 0x9f);
}

/** Returns true for embeddings, overrides and isolates, which can make text appear in a misleading order (CVE-2021-42574). */
function isDirectionOverride(code: number): boolean {
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

/** Returns true for digits, `:` and `;`. */
function isColourPart(code: number): boolean {
  return code >= 0x30 && code <= 0x3b;
}
