import type { PathOptions } from '../contract/files.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { parseWorkspacePath } from '../paths/workspace-path.ts';

const MAX_PATH_BYTES = 4096;

/** Checks a path that was passed to the file API, and normalizes it if it is relative. `.` is the workspace. */
export function admitPath<Options extends PathOptions>(options: Options): Options {
  const { path } = options as { path: unknown };
  if (typeof path !== 'string' || path === '' || path.includes('\0') || Buffer.byteLength(path) > MAX_PATH_BYTES) throw invalidPath(path);
  if (path.startsWith('/')) return options;
  const relative = path.replace(/^(\.\/+)+/, '').replace(/\/+$/, '');
  if (relative === '' || relative === '.') return { ...options, path: '.' };
  return { ...options, path: parseWorkspacePath(relative, 'path') };
}

function invalidPath(path: unknown): SandpodError {
  const given = typeof path === 'string' ? JSON.stringify(path.slice(0, 80)) : String(path);
  return new SandpodError({
    code: 'invalid-path',
    message: `path: expected a non-empty path of at most ${MAX_PATH_BYTES} bytes, without NUL, given ${given}.`,
  });
}
