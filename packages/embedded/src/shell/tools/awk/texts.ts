import { formatText } from './format.ts';
import { NumericText, numberOf, type Value } from './values.ts';

const SURROGATE = /[\ud800-\udfff]/;

/** Returns the text of a value. `format` is the value of CONVFMT or OFMT. */
export function textOf(value: Value, format: string): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  return value instanceof NumericText ? value.text : numberText(value, format);
}

function numberText(value: number, format: string): string {
  if (Number.isInteger(value)) return Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString();
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  return formatText(format, [value], String);
}

/** Compares two values as numbers if both are numbers, numeric text or unset. Otherwise, compares them as text. */
export function compare(left: Value, right: Value, format: string): number {
  if (typeof left !== 'string' && typeof right !== 'string') {
    const [one, other] = [numberOf(left), numberOf(right)];
    if (one === other) return 0;
    return one < other ? -1 : 1;
  }
  return compareText(textOf(left, format), textOf(right, format));
}

/** Compares by code points. */
function compareText(left: string, right: string): number {
  if (left === right) return 0;
  const isPlain = !(SURROGATE.test(left) || SURROGATE.test(right));
  if (isPlain) return left < right ? -1 : 1;
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** Returns the characters of a text. A text without surrogate pairs is not split. */
export function charactersOf(text: string): string | readonly string[] {
  return SURROGATE.test(text) ? [...text] : text;
}
