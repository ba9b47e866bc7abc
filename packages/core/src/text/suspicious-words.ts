import { escapeCharacter } from './escape-character.ts';

/** Limits of the report: the number of words, and the number of characters before and after the first non-ASCII character of a word. */
const MAX_WORDS = 5;
const MAX_CHARACTERS = 40;

const outsideAscii = /[^\0-\x7f]/gu;
const wordPart = /[\p{ID_Continue}$]+/uy;
const onlyAscii = /^[\0-\x7f]*$/;

/** Scripts with letters that look like Latin letters. */
const lookalike = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}]/u;

/** Letters that are written from right to left. Even without control characters, they change the order in which a line is displayed. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Returns true if a text contains letters that are written from right to left. */
export function hasRightToLeft(text: string): boolean {
  return rightToLeft.test(text);
}

/**
 * Describes words with non-ASCII characters. Such characters can look like other letters (`pаypal` with a Cyrillic `а`), and languages such
 * as Python treat some of them as ASCII letters. Words with such characters come first.
 *
 * Returns at most five descriptions, and an empty list for most code.
 */
export function suspiciousWords(code: string): readonly string[] {
  const confusable = new Set<string>();
  const others = new Set<string>();
  let last = '';
  for (const word of wordsOutsideAscii(code)) {
    if (word === last) continue;
    last = word;
    if (lookalike.test(word) || word.normalize('NFKC') !== word) confusable.add(word);
    else if (others.size < MAX_WORDS) others.add(word);
    if (confusable.size >= MAX_WORDS) break;
  }
  return [...confusable, ...others].slice(0, MAX_WORDS).map(describe);
}

/** Yields the beginning of each word that contains a non-ASCII character. Scans only the text around such characters. */
function* wordsOutsideAscii(code: string): Generator<string> {
  outsideAscii.lastIndex = 0;
  for (let found = outsideAscii.exec(code); found !== null; found = outsideAscii.exec(code)) {
    wordPart.lastIndex = found.index;
    if (!wordPart.test(code)) continue;
    const end = wordPart.lastIndex;
    yield code.slice(wordStart(code, found.index), Math.min(end, found.index + MAX_CHARACTERS)).toWellFormed();
    outsideAscii.lastIndex = end;
  }
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
