import { hasHidden } from '@sandpod/core/text';

/** Characters and names that Windows does not allow; `:` would write to an alternate data stream. */
const windowsForbidden = /[<>:"\\|?*]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * Splits a path that a guest chose into names that are safe to create below the output directory.
 *
 * @returns the names, or the reason why the path is not safe.
 */
export function splitGuestPath(path: string, platform: NodeJS.Platform = process.platform): readonly string[] | string {
  const names = path.split('/');
  const bad = names.map((name) => problemOf(name, platform)).find((problem) => problem !== undefined);
  return bad ?? names;
}

function problemOf(name: string, platform: NodeJS.Platform): string | undefined {
  if (name === '' || name === '.' || name === '..') return 'its path is outside the directory';
  if (name.startsWith('.')) return 'a hidden name could change how other programs behave';
  if (hasHidden(name)) return 'its name contains control characters or other invisible characters';
  if (platform === 'win32' && windowsForbidden.test(name)) return 'its name is not allowed on this system';
  return undefined;
}
