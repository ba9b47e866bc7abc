type Case = 'none' | 'upper' | 'lower';

const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' };

/** Builds the text that replaces a match, with `&`, `\1` and the case conversions of GNU sed. */
class Replacement {
  #text = '';
  #case: Case = 'none';
  #next: Case = 'none';

  add(text: string): void {
    if (text === '') return;
    const converted = this.#convert(text, this.#case);
    const first = String.fromCodePoint(converted.codePointAt(0) ?? 0);
    this.#text += this.#next === 'none' ? converted : this.#convert(first, this.#next) + converted.slice(first.length);
    this.#next = 'none';
  }

  /** Changes the case conversion. Returns false if the letter does not select a case conversion. */
  turn(letter: string): boolean {
    if (letter === 'U') this.#case = 'upper';
    else if (letter === 'L') this.#case = 'lower';
    else if (letter === 'E') this.#case = 'none';
    else if (letter === 'u') this.#next = 'upper';
    else if (letter === 'l') this.#next = 'lower';
    else return false;
    return true;
  }

  toString(): string {
    return this.#text;
  }

  #convert(text: string, to: Case): string {
    if (to === 'none') return text;
    return to === 'upper' ? text.toUpperCase() : text.toLowerCase();
  }
}

/** Expands the replacement text of a sed `s` command for one match. */
export function expandReplacement(template: string, match: RegExpMatchArray): string {
  const result = new Replacement();
  for (const [part, escaped] of template.matchAll(/\\([\s\S])|&|[^\\&]+/g)) {
    if (part === '&') result.add(match[0]);
    else if (escaped === undefined) result.add(part);
    else if (/\d/.test(escaped)) result.add(escaped === '0' ? match[0] : (match[Number(escaped)] ?? ''));
    else if (!result.turn(escaped)) result.add(controls[escaped] ?? escaped);
  }
  return result.toString();
}
