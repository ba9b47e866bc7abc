import { expect, test } from 'vitest';
import { resolvePodOptions } from './resolve-pod-options.ts';

test.for(['file:///%zz', 'file:///a%2Fb', 'file://[', 'file://host/x', '', new URL('file:///%zz'), new URL('https://host/x')])(
  'a kubeConfigFile that names no file of this machine is refused: %s',
  (kubeConfigFile) => {
    expect(() => resolvePodOptions({ kubeConfigFile })).toThrow(/^pod\.kubeConfigFile: expected a path or a file: URL/);
  },
);

test('a file path and a file URL are accepted', () => {
  for (const kubeConfigFile of ['a b', '/a/%zz', 'file:///a%20b', new URL('file:///a')])
    expect(resolvePodOptions({ kubeConfigFile }).kubeConfigFile).toBe(kubeConfigFile);
});
