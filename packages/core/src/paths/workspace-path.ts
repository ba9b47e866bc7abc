import { SandpodError } from '../errors/sandpod-error.ts';

const MAX_PATH_BYTES = 4096;
const MAX_NAME_BYTES = 255;

/**
 * The normal form of a name that must stay inside the workspace, `/` between parts.
 *
 * @throws {SandpodError} `invalid-path` or `path-outside-workspace`.
 */
export function parseWorkspacePath(name: string, what = 'path'): string {
  if (name === '' || /[\0\\]/.test(name) || Buffer.byteLength(name) > MAX_PATH_BYTES) throw invalid(name, what);
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) throw outside(name, what);
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) throw outside(name, what);
  if (parts.length === 0 || name.endsWith('/') || parts.some((part) => Buffer.byteLength(part) > MAX_NAME_BYTES)) throw invalid(name, what);
  return parts.join('/');
}

/** The absolute path inside the sandbox. */
export function resolveInWorkspace(options: { readonly workspace: string; readonly path: string }): string {
  return `${options.workspace}/${parseWorkspacePath(options.path)}`;
}

/** Like {@link parseWorkspacePath} for a name that a model wrote: an absolute one below the workspace is accepted too. */
export function parseCodeFileName(name: string, workspace: string): string {
  const inside = name.startsWith(`${workspace}/`) ? name.slice(workspace.length + 1) : name;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (/[\x00-\x1f\x7f]/.test(inside) || inside.startsWith('-')) throw invalid(name, 'filename');
  return parseWorkspacePath(inside, 'filename');
}

function invalid(name: string, what: string): SandpodError {
  const message = `${what}: expected a name in the workspace without backslash or control characters, of at most ${MAX_PATH_BYTES} bytes, given ${show(name)}.`;
  return new SandpodError({ code: 'invalid-path', message });
}

function outside(name: string, what: string): SandpodError {
  const message = `${what}: expected a relative name that stays in the workspace, given ${show(name)}.`;
  return new SandpodError({ code: 'path-outside-workspace', message });
}

function show(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
