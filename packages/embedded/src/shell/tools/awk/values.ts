/** Text from the input that looks like a number. It is compared with numbers as a number, and with text as text. */
export class NumericText {
  readonly text: string;
  readonly number: number;

  constructor(text: string, number: number) {
    this.text = text;
    this.number = number;
  }
}

/** A value. Undefined means that the variable was never set. Such a value is both the empty text and zero. */
export type Value = string | number | NumericText | undefined;

const NUMBER = /^[ \t\n\r\f\v]*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/;
const WHOLE_NUMBER = new RegExp(`${NUMBER.source}[ \\t\\n\\r\\f\\v]*$`);

/** Converts text from the input to a value. */
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
