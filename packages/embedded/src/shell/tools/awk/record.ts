import { compileRegex } from '../posix-regex.ts';
import { inputValue, type Value } from './values.ts';

/** The syntax of patterns in awk. */
const AWK_SYNTAX = { type: 'extended', hasEscapes: true, escapesBrackets: true } as const;

const patterns = new Map<string, RegExp>();
const MOST_PATTERNS = 500;

/** Returns the compiled pattern, with the flag `g`. */
export function patternOf(source: string): RegExp {
  let pattern = patterns.get(source);
  if (pattern === undefined) {
    pattern = compileRegex(source, { syntax: AWK_SYNTAX, flags: 'g' });
    if (patterns.size >= MOST_PATTERNS) patterns.clear();
    patterns.set(source, pattern);
  }
  pattern.lastIndex = 0;
  return pattern;
}

export function matches(text: string, source: string): boolean {
  return patternOf(source).test(text);
}

/**
 * Splits a text in the same way as `split` and field splitting. If the separator is a blank, splits at runs of blanks. If it is another
 * single character, splits at that character.
 */
export function splitText(text: string, separator: string, isRegex = false): string[] {
  if (text === '') return [];
  if (separator === ' ' && !isRegex) return text.split(/[ \t\n]+/).filter((part) => part !== '');
  if (separator === '') return [...text];
  if ([...separator].length === 1 && separator !== '\\' && !isRegex) return text.split(separator);
  return splitByPattern(text, separator);
}

function splitByPattern(text: string, separator: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const found of text.matchAll(patternOf(separator))) {
    if (found[0] === '') continue;
    parts.push(text.slice(from, found.index));
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}

/** The settings for splitting a record into fields and joining its fields. */
export interface RecordSettings {
  readonly fieldSeparator: string;
  readonly outputSeparator: string;
  readonly toText: (value: Value) => string;
  /** If true, a newline always separates fields, because records are paragraphs. */
  readonly isParagraph: boolean;
}

/** The current record and its fields. Fields are split when they are first used. */
export class AwkRecord {
  readonly #settings: () => RecordSettings;
  #text = '';
  #fields: Value[] | undefined = [];
  #splitAs: RecordSettings | undefined;
  #isStale = false;

  constructor(settings: () => RecordSettings) {
    this.#settings = settings;
  }

  set(text: string): void {
    this.#text = text;
    this.#fields = undefined;
    // FS may change before the fields are used; the record is split as it was when it was read.
    this.#splitAs = this.#settings();
    this.#isStale = false;
  }

  get text(): string {
    if (this.#isStale) {
      const { outputSeparator, toText } = this.#settings();
      this.#text = this.#split().map(toText).join(outputSeparator);
      this.#isStale = false;
    }
    return this.#text;
  }

  get count(): number {
    return this.#split().length;
  }

  set count(count: number) {
    const fields = this.#split();
    while (fields.length < count) fields.push('');
    fields.length = count;
    this.#isStale = true;
  }

  field(index: number): Value {
    return index === 0 ? inputValue(this.text) : this.#split()[index - 1];
  }

  setField(index: number, value: Value): void {
    if (index === 0) {
      this.set(this.#settings().toText(value));
      return;
    }
    const fields = this.#split();
    while (fields.length < index) fields.push('');
    fields[index - 1] = value;
    this.#isStale = true;
  }

  #split(): Value[] {
    if (this.#fields !== undefined) return this.#fields;
    const { fieldSeparator, isParagraph } = this.#splitAs ?? this.#settings();
    this.#fields = splitRecord(this.#text, fieldSeparator, isParagraph).map(inputValue);
    return this.#fields;
  }
}

function splitRecord(text: string, separator: string, isParagraph: boolean): string[] {
  if (!isParagraph || separator === ' ') return splitText(text, separator);
  return text.split('\n').flatMap((line) => (line === '' ? [''] : splitText(line, separator)));
}
