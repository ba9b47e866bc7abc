import { escapeCharacter } from './escape-character.ts';

/** Limits of the report: the number of words, and the number of characters before and after the first non-ASCII character of a word. */
const MAX_WORDS = 5;
const MAX_CHARACTERS = 40;

const outsideAscii = /[^\0-\x7f]/gu;
const wordPart = /[\p{ID_Continue}$]+/uy;
const sign = /[\p{P}\p{S}]/u;
const onlyAscii = /^[\0-\x7f]*$/;

/** Scripts with letters that look like Latin letters. */
const lookalike = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}]/u;

/** Letters that are written from right to left. Even without control characters, they change the order in which a line is displayed. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Returns true if a text contains letters that are written from right to left. */
export function hasRightToLeft(text: string): boolean {
  return rightToLeft.test(text);
}

/** Punctuation that looks like a character with a meaning in code or in an address: `/`, `\\`, `:`, `.`, `,`, `;`, `=` and `!`. */
const lookalikeSign =
  /[\u2044\u2215\u2571\u29f8\u3033\u2216\u29f5\u29f9\u2236\u02d0\ua789\u0589\u05c3\u2024\ua4f8\u06d4\u0701\u0702\u201a\ua4f9\u066b\ua78a\u30a0\u01c3]/u;

/**
 * Collects words with non-ASCII characters. Such characters can look like other letters (`pаypal` with a Cyrillic `а`), and languages such
 * as Python treat some of them as ASCII letters. Punctuation counts as a word if it looks like ASCII punctuation.
 */
export class SuspiciousWords {
  readonly #confusable = new Set<string>();
  readonly #others = new Set<string>();
  #last = '';

  add(code: string): void {
    if (this.#confusable.size > MAX_WORDS) return;
    for (const word of wordsOutsideAscii(code)) {
      if (word === this.#last) continue;
      this.#last = word;
      if (isConfusable(word)) this.#confusable.add(word);
      else if (this.#others.size <= MAX_WORDS) this.#others.add(word);
      if (this.#confusable.size > MAX_WORDS) return;
    }
  }

  /** Describes at most five words, first those with characters that look like ASCII. Empty for most code. */
  get description(): string {
    const words = [...this.#confusable, ...this.#others];
    if (words.length === 0) return '';
    const more = words.length > MAX_WORDS ? ' and others' : '';
    return `Words with non-ASCII characters can look like other words: ${words.slice(0, MAX_WORDS).map(describe).join(', ')}${more}.`;
  }
}

function isConfusable(word: string): boolean {
  return lookalike.test(word) || lookalikeSign.test(word) || word.normalize('NFKC') !== word;
}

/** Yields the beginning of each word that contains a non-ASCII character, and each sign that looks like ASCII. */
function* wordsOutsideAscii(code: string): Generator<string> {
  outsideAscii.lastIndex = 0;
  for (let found = outsideAscii.exec(code); found !== null; found = outsideAscii.exec(code)) {
    wordPart.lastIndex = found.index;
    if (!wordPart.test(code)) {
      if (isLookalikeSign(found[0])) yield found[0];
      continue;
    }
    const end = wordPart.lastIndex;
    yield code.slice(wordStart(code, found.index), Math.min(end, found.index + MAX_CHARACTERS)).toWellFormed();
    outsideAscii.lastIndex = end;
  }
}

/** Full-width and similar forms have an ASCII character as their normal form. */
function isLookalikeSign(character: string): boolean {
  return lookalikeSign.test(character) || (sign.test(character) && /^[!-~]$/.test(character.normalize('NFKC')));
}

function wordStart(code: string, index: number): number {
  let start = index;
  while (start > 0 && index - start < MAX_CHARACTERS && isAsciiWordUnit(code.charCodeAt(start - 1))) start -= 1;
  return start;
}

/** Returns true for ASCII letters, digits, `_` and `$`. */
function isAsciiWordUnit(unit: number): boolean {
  return (
    (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x30 && unit <= 0x39) || unit === 0x5f || unit === 0x24
  );
}

function describe(word: string): string {
  const normal = word.normalize('NFKC');
  const meaning = onlyAscii.test(normal) ? `read as ${normal}` : word.replace(outsideAscii, escapeCharacter);
  return `${word} (${meaning})`;
}
