/** What a command line of `sh` or `bash` asks for. */
export type ShellRequest =
  | { readonly type: 'script'; readonly path: string; readonly options: readonly string[]; readonly arguments: readonly string[] }
  | { readonly type: 'line'; readonly line: string; readonly name: string; readonly options: readonly string[]; readonly arguments: readonly string[] }
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

/** Reads `-euxo pipefail`-like words; returns how many words they took, or a complaint. */
function readFlagWord(words: readonly string[], flags: Flags): number | string {
  const [word = '', name] = words;
  let used = 1;
  for (const letter of word.slice(1)) {
    if (letter === 'c') flags.hasLine = true;
    else if (letter === 's') flags.hasInput = true;
    else if (letter === 'o' || letter === 'O') {
      if (name === undefined) return `${word}: option requires an argument`;
      if (letter === 'o') flags.options.push(`${word[0]}o`, name);
      used = 2;
    } else if (settableLetters.includes(letter)) flags.options.push(`${word[0]}${letter}`);
    else if (!ignoredLetters.includes(letter)) return `${word}: invalid option`;
  }
  return used;
}

/** Reads the arguments of `sh` and `bash`. */
export function readShellArguments(name: string, given: readonly string[]): ShellRequest {
  const flags: Flags = { options: [], hasLine: false, hasInput: false };
  let index = 0;
  while (index < given.length) {
    const word = given[index] ?? '';
    if (word === '--version') return { type: 'version' };
    if (word === '--' || word === '-') {
      index += 1;
      break;
    }
    if (ignoredNames.includes(word)) {
      index += 1;
      continue;
    }
    if (!/^[-+][A-Za-z]+$/.test(word)) {
      if (word.startsWith('--')) return { type: 'wrong', message: `${word}: invalid option` };
      break;
    }
    const used = readFlagWord(given.slice(index), flags);
    if (typeof used === 'string') return { type: 'wrong', message: used };
    index += used;
  }
  return requestFor(name, { flags, rest: given.slice(index) });
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
