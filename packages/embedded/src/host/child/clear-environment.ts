/** Variables that Windows itself needs to load its libraries. They contain no data about the user. */
const NEEDED: readonly string[] = ['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR'];

/**
 * Removes the variables that only the start of this process needs, and those that the platform adds to every environment. Windows adds, for
 * example, `PATH`, `TEMP` and `USERNAME`, and macOS adds the encoding of the user's texts.
 */
export function clearEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env)) if (!NEEDED.includes(name.toUpperCase())) delete env[name];
}
