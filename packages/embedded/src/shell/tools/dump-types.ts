import { ToolError } from './tool-options.ts';

/** The format in which od prints a value. */
export interface DumpType {
  readonly bytes: number;
  /** The number of characters for a value, without the space before it. */
  readonly width: number;
  readonly show: (value: bigint) => string;
  /** If true, each line ends with its bytes as text. */
  readonly hasText: boolean;
}

const WIDTHS: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  o: { 1: 3, 2: 6, 4: 11, 8: 22 },
  x: { 1: 2, 2: 4, 4: 8, 8: 16 },
  u: { 1: 3, 2: 5, 4: 10, 8: 20 },
  d: { 1: 4, 2: 6, 4: 11, 8: 20 },
};
const SIZES: Readonly<Record<string, number>> = { C: 1, S: 2, I: 4, L: 8, '': 4 };
const NAMES = 'nul soh stx etx eot enq ack bel bs ht nl vt ff cr so si dle dc1 dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us sp'.split(
  ' ',
);
const ESCAPES: Readonly<Record<number, string>> = { 0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' };

function octal(value: bigint): string {
  return value.toString(8).padStart(3, '0');
}

function asCharacter(value: bigint): string {
  const code = Number(value);
  return ESCAPES[code] ?? (code < 32 || code > 126 ? octal(value) : String.fromCharCode(code));
}

function asName(value: bigint): string {
  const code = Number(value) & 0x7f;
  return code === 127 ? 'del' : (NAMES[code] ?? String.fromCharCode(code));
}

function numberType(letter: string, bytes: number, hasText: boolean): DumpType {
  const width = WIDTHS[letter]?.[bytes];
  if (width === undefined) throw new ToolError(`invalid type string: values of ${bytes} bytes are not supported`);
  const digits = { o: 8, x: 16 }[letter];
  const show = (value: bigint): string => {
    if (digits !== undefined) return value.toString(digits).padStart(width, '0');
    return String(letter === 'd' ? BigInt.asIntN(bytes * 8, value) : value);
  };
  return { bytes, width, show, hasText };
}

/** Reads the value of od's option `-t`, such as `x1`, `d2z` or `ax1`. */
export function readDumpTypes(text: string): DumpType[] {
  const types: DumpType[] = [];
  for (let rest = text; rest !== ''; ) {
    const [whole, character, letter = '', size = '', isShown] = /^(?:([ac])|([doux])(\d+|[CSIL])?)(z)?/.exec(rest) ?? [];
    if (whole === undefined) throw new ToolError(`invalid type string '${text}'; floating-point types are not supported in this sandbox`);
    const hasText = isShown !== undefined;
    if (character === undefined) types.push(numberType(letter, SIZES[size] ?? Number(size), hasText));
    else types.push({ bytes: 1, width: 3, show: character === 'a' ? asName : asCharacter, hasText });
    rest = rest.slice(whole.length);
  }
  return types;
}
