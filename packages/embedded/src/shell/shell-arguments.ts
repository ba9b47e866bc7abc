/** A parsed command line of `sh` or `bash`. */
export type ShellRequest =
  | { readonly type: 'script'; readonly path: string; readonly options: readonly string[]; readonly arguments: readonly string[] }
  | {
      readonly type: 'line';
      readonly line: string;
      readonly name: string;
      readonly options: readonly string[];
      readonly arguments: readonly string[];
    }
  | { readonly type: 'input'; readonly options: readonly string[]; readonly arguments: readonly string[] }
  | { readonly type: 'version' }
  | { readonly type: 'wrong'; readonly message: string };

const settableLetters = 'efnuxvabhmC';
const ignoredLetters = 'lir';
const ignoredNames = ['--norc', '--noprofile', '--posix', '--login', '--noediting'];

interface Flags {
  readonly options: string[];
  hasLine: boolean;
  hasInput: boolean;
}

interface Letter {
  readonly word: string;
  /** The next word, which is the value of `-o`. */
  readonly next: string | undefined;
  readonly flags: Flags;
}

/** Parses one letter of `-euxo`. Returns the number of further words that it uses, or an error message. */
function readLetter(letter: string, { word, next, flags }: Letter): number | string {
  if (letter === 'c') flags.hasLine = true;
  else if (letter === 's') flags.hasInput = true;
  else if (settableLetters.includes(letter)) flags.options.push(`${word[0]}${letter}`);
  else if (letter === 'o' || letter === 'O') {
    if (next === undefined) return `${word}: option requires an argument`;
    if (letter === 'o') flags.options.push(`${word[0]}o`, next);
    return 1;
  } else if (!ignoredLetters.includes(letter)) return `${word}: invalid option`;
  return 0;
}

/** Parses words such as `-euxo pipefail`. Returns the number of words that it used, or an error message. */
function readFlagWord([word = '', next]: readonly string[], flags: Flags): number | string {
  let used = 1;
  for (const letter of word.slice(1)) {
    const more = readLetter(letter, { word, next, flags });
    if (typeof more === 'string') return more;
    used = Math.max(used, 1 + more);
  }
  return used;
}

/** Parses the arguments of `sh` and `bash`. */
export function readShellArguments(name: string, given: readonly string[]): ShellRequest {
  const flags: Flags = { options: [], hasLine: false, hasInput: false };
  let rest = given;
  while (rest.length > 0) {
    const [word = ''] = rest;
    if (word === '--version') return { type: 'version' };
    if (!/^[-+][A-Za-z]+$/.test(word) && !ignoredNames.includes(word)) break;
    const used = ignoredNames.includes(word) ? 1 : readFlagWord(rest, flags);
    if (typeof used === 'string') return { type: 'wrong', message: used };
    rest = rest.slice(used);
  }
  return requestAfter(name, { flags, rest });
}

/** Parses the words after the options. A lone `-` or `--` ends the options. */
function requestAfter(name: string, { flags, rest }: { readonly flags: Flags; readonly rest: readonly string[] }): ShellRequest {
  const [first = '', ...others] = rest;
  if (first === '-' || first === '--') return requestFor(name, { flags, rest: others });
  if (first.startsWith('--')) return { type: 'wrong', message: `${first}: invalid option` };
  return requestFor(name, { flags, rest });
}

function requestFor(name: string, { flags, rest }: { readonly flags: Flags; readonly rest: readonly string[] }): ShellRequest {
  const { options } = flags;
  const [first, ...others] = rest;
  if (flags.hasLine) {
    if (first === undefined) return { type: 'wrong', message: '-c: option requires an argument' };
    const [zero = name, ...values] = others;
    return { type: 'line', line: first, name: zero, options, arguments: values };
  }
  if (flags.hasInput || first === undefined) return { type: 'input', options, arguments: rest };
  return { type: 'script', path: first, options, arguments: others };
}
