/** Text from the input that looks like a number. It is compared as a number with numbers, and as text with text. */
export class NumericText {
  readonly text: string;
  readonly number: number;

  constructor(text: string, number: number) {
    this.text = text;
    this.number = number;
  }
}

/** Undefined is a value that was never set: both the empty text and zero. */
export type Value = string | number | NumericText | undefined;

const NUMBER = /^[ \t\n\r\f\v]*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/;
const WHOLE_NUMBER = new RegExp(`${NUMBER.source}[ \\t\\n\\r\\f\\v]*$`);

/** Returns the value of text from the input. */
export function inputValue(text: string): Value {
  return WHOLE_NUMBER.test(text) ? new NumericText(text, Number(text)) : text;
}

/** Returns the number at the beginning of a text, or 0. */
export function numberOf(value: Value): number {
  if (typeof value === 'number') return value;
  if (value === undefined) return 0;
  if (value instanceof NumericText) return value.number;
  const found = NUMBER.exec(value);
  return found === null ? 0 : Number(found[0]);
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'string') return value !== '';
  return numberOf(value) !== 0;
}
