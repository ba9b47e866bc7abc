/** Damaged bytes, with a name for test reports. */
export interface HostileBytes {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Texts that a parser may take for a number. Only some of them are numbers, and none is a plausible count. */
const BAD_NUMBERS = ['', ' ', '-1', '+1', '1.5', '1e400', '0x10', 'NaN', 'Infinity', '1_0', '\u0661', '9'.repeat(400), 'null', '[]', '{}'];
/** The number of positions at which a message is cut. */
const CUTS = 12;
const DEPTH = 20_000;

/**
 * Returns damaged variants of a valid message, as a hostile guest could send them: cut, repeated, reversed, too deep, with other numbers,
 * other names of properties, NUL bytes and invalid UTF-8. Always returns the same variants for the same message. A variant may be valid by
 * chance, for example a message that is cut after its last necessary byte.
 */
export function hostileVariants(message: string): HostileBytes[] {
  const variants: [name: string, bytes: string | Buffer][] = [
    ['nothing', ''],
    ['only a line end', '\n'],
    ['twice', message + message],
    ['without a line end', message.trimEnd()],
    ['words in reverse order', message.split(' ').toReversed().join(' ')],
    ['lines in reverse order', message.split('\n').toReversed().join('\n')],
    ['NUL before it', `\0${message}`],
    ['NUL for every space', message.replaceAll(' ', '\0')],
    ['invalid UTF-8 before it', Buffer.concat([Buffer.of(0xff, 0xc0, 0xed, 0xa0, 0x80), Buffer.from(message)])],
    ['invalid UTF-8 after it', Buffer.concat([Buffer.from(message.trimEnd()), Buffer.of(0xf0, 0x9f)])],
    ['deep', '['.repeat(DEPTH)],
    ['deep objects', '{"a":'.repeat(DEPTH)],
    ...cuts(message),
    ...numbers(message),
    ...properties(message),
  ];
  return variants.map(([name, bytes]) => ({ name, bytes: Buffer.from(bytes) }));
}

function cuts(message: string): [string, string][] {
  const positions = new Set(Array.from({ length: CUTS }, (_, index) => Math.floor((index * message.length) / CUTS)));
  return [...positions].map((position) => [`cut after ${position} characters`, message.slice(0, position)]);
}

/** Replaces each number of the message, one at a time. */
function numbers(message: string): [string, string][] {
  return [...message.matchAll(/\d+/g)].flatMap(({ 0: digits, index }) =>
    BAD_NUMBERS.map((bad): [string, string] => {
      const shown = bad.length > 20 ? `${bad.length} digits` : JSON.stringify(bad);
      return [`${shown} instead of ${digits} at ${index}`, message.slice(0, index) + bad + message.slice(index + digits.length)];
    }),
  );
}

/** Changes each property of a JSON object, one at a time. */
function properties(message: string): [string, string][] {
  return [...message.matchAll(/"(\w+)":/g)].flatMap(({ 0: key, 1: name, index }): [string, string][] => {
    const [before, after] = [message.slice(0, index), message.slice(index + key.length)];
    return [
      [`__proto__ instead of ${name}`, `${before}"__proto__":${after}`],
      [`${name} missing`, `${before}"":${after}`],
      [`${name} is null at first`, `${before}${key}null,${key}${after}`],
      ...['null', '5', '"x"', '[]', '{}', '[null]', '"\\ud800"'].map((value): [string, string] => [
        `${name} is ${value}`,
        `${before}${key}${value},"":${after}`,
      ]),
    ];
  });
}

/** Yields a line without an end, in chunks of 64 KiB. The line has `totalBytes` bytes. */
export function* endlessLine(options: { readonly start?: string; readonly totalBytes: number }): Generator<Buffer> {
  const { start = '', totalBytes } = options;
  yield Buffer.from(start);
  const chunk = Buffer.alloc(64 * 1024, 'x');
  for (let sent = 0; sent < totalBytes; sent += chunk.length) yield chunk;
}
