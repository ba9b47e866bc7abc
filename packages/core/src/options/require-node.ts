import { SandpodError } from '../errors/sandpod-error.ts';

const NEEDED = [22, 19] as const;

/** Checks the version of Node. Older versions lack functions that the packages use. @throws {SandpodError} `unsupported`. */
export function requireNode(version: string = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  throw new SandpodError({
    code: 'unsupported',
    message: `sandpod needs Node ${NEEDED.join('.')} or newer; this is Node ${version}.`,
    advice: 'Install Node 24 or newer, for example from https://nodejs.org.',
  });
}
