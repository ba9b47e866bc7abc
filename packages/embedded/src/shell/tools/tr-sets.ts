import { ToolError } from './tool-options.ts';

const CONTROLS: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };
const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /\p{Cc}/u,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[\t-\r ]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};
export const BYTES: readonly number[] = Array.from({ length: 256 }, (_, byte) => byte);

interface Repetition {
  readonly byte: number;
  readonly count: number;
}

/** Reads a set of the tool tr: bytes, ranges, classes, escapes and repetitions. `length` is the length to which `[x*]` fills a second set. */
class SetReader {
  readonly #text: string;
  readonly #length: number | undefined;
  #at = 0;

  constructor(text: string, length: number | undefined) {
    this.#text = Buffer.from(text).toString('latin1');
    this.#length = length;
  }

  read(): number[] {
    const bytes: number[] = [];
    let filler: Repetition | undefined;
    let fillerAt = 0;
    while (this.#at < this.#text.length) {
      const repetition = this.#length === undefined ? undefined : this.#repetition();
      if (repetition === undefined) bytes.push(...this.#element());
      else if (repetition.count > 0) bytes.push(...BYTES.slice(0, repetition.count).map(() => repetition.byte));
      else [filler, fillerAt] = [repetition, bytes.length];
    }
    const missing = Math.max(0, (this.#length ?? 0) - bytes.length);
    if (filler) bytes.splice(fillerAt, 0, ...new Array<number>(missing).fill(filler.byte));
    return bytes;
  }

  /** Reads `[x*3]` or `[x*]`, whose count is 0. A set never needs more than 256 bytes. */
  #repetition(): Repetition | undefined {
    const [, character, digits = ''] = this.#match(/\[(\\[0-7]{1,3}|\\?[\s\S])\*(\d*)\]/y) ?? [];
    if (character === undefined) return undefined;
    return { byte: byteOf(character), count: Number.parseInt(digits || '0', digits.startsWith('0') ? 8 : 10) };
  }

  #element(): readonly number[] {
    const named = this.#match(/\[:([a-z]+):\]/y)?.[1];
    if (named !== undefined) {
      const wanted = CLASSES[named];
      if (!wanted) throw new ToolError(`invalid character class '${named}'`);
      return BYTES.filter((byte) => byte < 128 && wanted.test(String.fromCharCode(byte)));
    }
    const equal = this.#match(/\[=([\s\S])=\]/y)?.[1];
    if (equal !== undefined) return [byteOf(equal)];
    const first = byteOf(this.#character());
    if (this.#text[this.#at] !== '-' || this.#at + 1 >= this.#text.length) return [first];
    this.#at += 1;
    const last = byteOf(this.#character());
    if (last < first)
      throw new ToolError(
        `range-endpoints of '${String.fromCharCode(first)}-${String.fromCharCode(last)}' are in reverse collating sequence order`,
      );
    return BYTES.slice(first, last + 1);
  }

  #character(): string {
    return this.#match(/\\[0-3][0-7]{0,2}|\\[0-7]{1,2}|\\[\s\S]|[\s\S]/y)?.[0] ?? '';
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text) ?? undefined;
    this.#at += found?.[0].length ?? 0;
    return found;
  }
}

function byteOf(text: string): number {
  if (!text.startsWith('\\') || text === '\\') return text.charCodeAt(0);
  if (/^\\[0-7]+$/.test(text)) return Number.parseInt(text.slice(1), 8) & 0xff;
  return CONTROLS[text[1] ?? ''] ?? text.charCodeAt(1);
}

export function readSet(text: string, length?: number): number[] {
  return new SetReader(text, length).read();
}
