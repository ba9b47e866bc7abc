import { expect, test } from 'vitest';
import { checkWorkspace } from './check-workspace.ts';
import { resolvePodOptions } from './resolve-pod-options.ts';

test.for(['/', '/usr', '/usr/bin', '/lib64', '/etc', '/proc', '/proc/self', '/dev/shm', '/sys'])(
  'a workspace at %s is refused by name',
  (path) => {
    expect(() => checkWorkspace('.', path)).toThrow(
      `pod.workspacePath: expected a folder that the image does not need, given ".", which is ${path} in this image.`,
    );
  },
);

test('an absolute one is refused before anything starts', () => {
  for (const workspacePath of ['/usr', '/./', '/proc/.', '/etc/']) {
    expect(() => resolvePodOptions({ workspacePath })).toThrow(
      expect.objectContaining({
        code: 'invalid-options',
        message: `pod.workspacePath: expected a folder that the image does not need, given "${workspacePath}".`,
      }),
    );
  }
});

test('folders below those of programs, and all others, are accepted', () => {
  for (const path of ['/usr/src/app', '/tmp', '/workspace', '/home/me', '/development', '/etcetera']) checkWorkspace(path, path);
});
