/** The options `-B` (no `.pyc` files), `-u` (unbuffered output) and UTF-8 mode. Each applies unless its environment variable is set. */
const DEFAULT_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  PYTHONDONTWRITEBYTECODE: ['-B'],
  PYTHONUNBUFFERED: ['-u'],
  PYTHONUTF8: ['-X', 'utf8'],
};

type Environment = Readonly<Record<string, string>>;

/** Returns the options that every program runs with, unless its environment contains other settings. */
export function defaultOptions(env: Environment): readonly string[] {
  return Object.entries(DEFAULT_OPTIONS).flatMap(([variable, options]) => (settingOf(env, variable) === undefined ? options : []));
}

/** Returns a variable that the interpreter reads. Returns undefined if it is not set, or if its value means the same as the default option. */
export function settingOf(env: Environment, variable: string): string | undefined {
  if (!Object.hasOwn(env, variable)) return undefined;
  return Object.hasOwn(DEFAULT_OPTIONS, variable) && env[variable] === '1' ? undefined : env[variable];
}
