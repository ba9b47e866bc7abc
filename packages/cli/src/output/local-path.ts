/** Characters that Windows does not allow in names, `:` being the way to hidden streams. */
const windowsForbidden = /[<>:"\\|?*]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * Divides a path that a guest chose into names that are safe to create below a directory of ours.
 *
 * @returns the names, or a sentence that says why the path is not used.
 */
export function splitGuestPath(path: string, platform: NodeJS.Platform = process.platform): readonly string[] | string {
  const names = path.split('/');
  const bad = names.map((name) => problemOf(name, platform)).find((problem) => problem !== undefined);
  return bad ?? names;
}

function problemOf(name: string, platform: NodeJS.Platform): string | undefined {
  if (name === '' || name === '.' || name === '..') return 'its path does not stay below the directory';
  if (name.startsWith('.')) return 'a hidden name could change how other programs behave';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  if (/[\u0000-\u001f\u007f-\u009f]/.test(name)) return 'its name holds control characters';
  if (!name.isWellFormed()) return 'its name is not valid text';
  if (platform === 'win32' && windowsForbidden.test(name)) return 'its name is not allowed on this system';
  return undefined;
}
