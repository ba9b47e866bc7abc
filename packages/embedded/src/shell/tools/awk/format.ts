import { ToolError } from '../tool-options.ts';
import { numberOf, type Value } from './values.ts';

const SPECIFIER = /%([-+ 0#']*)(\*|\d+)?(?:\.(\*|\d+)?)?(?:[hlLjzt]*)([a-zA-Z%])/g;
const LONGEST_FIELD = 1_000_000;

interface Specifier {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
}

/** Formats values in the same way as awk's `printf`. `toText` returns the text that `%s` prints. */
export function formatText(format: string, values: readonly Value[], toText: (value: Value) => string): string {
  let used = 0;
  const next = (): Value => {
    used += 1;
    return values[used - 1];
  };
  return format.replace(SPECIFIER, (...parts: (string | undefined)[]) => {
    const [whole = '', flags = '', width, precision, letter = ''] = parts;
    if (letter === '%') return '%';
    const wide = size(width, next);
    const precise = /\.[^a-zA-Z]*[a-zA-Z]$/.test(whole) ? size(precision, next) : -1;
    const specifier = {
      flags: wide < 0 ? `${flags}-` : flags,
      width: Math.abs(wide),
      precision: precise < 0 ? undefined : precise,
      letter,
    };
    return formatOne(specifier, next(), toText) ?? whole;
  });
}

/** Returns a width or precision, which `*` takes from the values. */
function size(text: string | undefined, next: () => Value): number {
  const number = text === '*' ? Math.trunc(numberOf(next())) : Number(text ?? 0);
  if (Math.abs(number) > LONGEST_FIELD) throw new ToolError(`the width ${number} in a format is too large`);
  return number;
}

function formatOne(specifier: Specifier, value: Value, toText: (value: Value) => string): string | undefined {
  const { letter, precision } = specifier;
  if (letter === 's') {
    const text = toText(value);
    return padded(precision === undefined ? text : [...text].slice(0, precision).join(''), specifier);
  }
  if (letter === 'c') return padded(character(value), specifier);
  const number = numberOf(value);
  if (!Number.isFinite(number)) return padded(signed(Number.isNaN(number) ? 'nan' : 'inf', number < 0, specifier), specifier);
  if ('dixXou'.includes(letter)) return padNumber(integer(number, specifier), { isNegative: number < 0, specifier });
  if ('eEfFgG'.includes(letter))
    return padNumber(real(Math.abs(number), specifier), { isNegative: number < 0 || Object.is(number, -0), specifier });
  return undefined;
}

function character(value: Value): string {
  if (typeof value === 'string') return [...value][0] ?? '';
  if (typeof value === 'object') return [...value.text][0] ?? '';
  const code = Math.trunc(numberOf(value));
  return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** Returns the digits of a whole number without its sign. Other bases show negative numbers as 64-bit numbers. */
function integer(number: number, { letter, precision, flags }: Specifier): string {
  const whole = BigInt(Math.trunc(number));
  const absolute = whole < 0n ? -whole : whole;
  const bits = BigInt.asUintN(64, whole);
  const byLetter: Readonly<Record<string, () => string>> = {
    o: () => (flags.includes('#') ? '0' : '') + bits.toString(8),
    x: () => (flags.includes('#') ? '0x' : '') + bits.toString(16),
    X: () => (flags.includes('#') ? '0X' : '') + bits.toString(16).toUpperCase(),
    u: () => bits.toString(),
  };
  const digits = byLetter[letter]?.() ?? absolute.toString();
  const grouped = flags.includes("'") ? digits.replace(/\B(?=(\d{3})+$)/g, ',') : digits;
  return grouped.padStart(precision ?? 0, '0');
}

/** Returns the digits of a positive number. */
function real(number: number, { letter, precision = 6, flags }: Specifier): string {
  const digits = Math.min(precision, 100);
  const isUpper = letter === letter.toUpperCase();
  const kind = letter.toLowerCase();
  let text = kind === 'f' ? fixed(number, digits) : exponential(number.toExponential(digits));
  if (kind === 'g') text = general(number, { digits: Math.max(digits, 1), keepsZeros: flags.includes('#') });
  return isUpper ? text.toUpperCase() : text;
}

/** `toFixed` switches to exponents at 1e21. */
function fixed(number: number, digits: number): string {
  if (number < 1e21) return number.toFixed(digits);
  return BigInt(number).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '');
}

/** The exponent has at least two digits. */
function exponential(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

function general(number: number, { digits, keepsZeros }: { readonly digits: number; readonly keepsZeros: boolean }): string {
  const scientific = number.toExponential(digits - 1);
  const exponent = Number(/e([-+]\d+)$/.exec(scientific)?.[1] ?? 0);
  const isScientific = number !== 0 && (exponent < -4 || exponent >= digits);
  const text = isScientific ? scientific : number.toFixed(Math.max(0, Math.min(100, digits - 1 - (number === 0 ? 0 : exponent))));
  const [mantissa = '', power] = text.split('e');
  const shown = keepsZeros || !mantissa.includes('.') ? mantissa : mantissa.replace(/\.?0+$/, '');
  return exponential(power === undefined ? shown : `${shown}e${power}`);
}

function signed(digits: string, isNegative: boolean, { flags }: Specifier): string {
  if (isNegative) return `-${digits}`;
  if (flags.includes('+')) return `+${digits}`;
  return flags.includes(' ') ? ` ${digits}` : digits;
}

function padNumber(digits: string, { isNegative, specifier }: { readonly isNegative: boolean; readonly specifier: Specifier }): string {
  const { flags, width, precision, letter } = specifier;
  const isUnsigned = 'xXou'.includes(letter);
  const text = isUnsigned ? digits : signed(digits, isNegative, specifier);
  const isInteger = 'dixXou'.includes(letter);
  if (!flags.includes('0') || flags.includes('-') || (isInteger && precision !== undefined)) return padded(text, specifier);
  const sign = /^[-+ ]|^0[xX]/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

function padded(text: string, { flags, width }: Specifier): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  return flags.includes('-') ? text + ' '.repeat(missing) : ' '.repeat(missing) + text;
}
