const ENDS_OPTIONS = ['c', 'm'];
const TAKES_VALUE = ['W', 'X'];

/** Returns the index of the script in Python's arguments. Returns undefined for `-c`, `-m`, `-` and standard input. */
export function findScript(args: readonly string[]): number | undefined {
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    if (argument === '--') return index + 1 < args.length ? index + 1 : undefined;
    if (argument === '-') return undefined;
    if (!argument.startsWith('-')) return index;
    const option = readOption(argument);
    if (option === 'end') return undefined;
    if (option === 'value') index += 1;
  }
  return undefined;
}

/** Returns how an argument that starts with a dash affects the arguments after it. */
function readOption(argument: string): 'end' | 'value' | 'alone' {
  if (argument.startsWith('--')) return argument === '--check-hash-based-pycs' ? 'value' : 'alone';
  const letters = argument.slice(1);
  for (const [index, letter] of [...letters].entries()) {
    if (ENDS_OPTIONS.includes(letter)) return 'end';
    if (TAKES_VALUE.includes(letter)) return index === letters.length - 1 ? 'value' : 'alone';
  }
  return 'alone';
}

/** Makes the script's path absolute, because Python opens the script before the working directory is set. */
export function absoluteScript(
  args: readonly string[],
  cwd: string,
): { readonly args: readonly string[]; readonly script: string | undefined } {
  const index = findScript(args);
  const script = index === undefined ? undefined : args[index];
  if (index === undefined || script === undefined || script === '') return { args, script: undefined };
  const absolute = script.startsWith('/') ? script : `${cwd === '/' ? '' : cwd}/${script.replace(/^(\.\/+)+/, '')}`;
  return { args: args.with(index, absolute), script };
}
