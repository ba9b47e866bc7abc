import { describe, expect, it } from 'vitest';
import { ReadOnlyTree } from './read-only-tree.ts';

const FILES = new Map([
  ['lib/a.py', Buffer.from('x = 1')],
  ['lib/sub/b.py', Buffer.from('')],
  ['bin/python3', Buffer.from([0, 255])],
]);

describe('ReadOnlyTree', () => {
  const tree = new ReadOnlyTree('/usr/local', FILES);

  it('owns paths below its root and no others', () => {
    expect(['/usr/local', '/usr/local/x', '/usr/localx', '/usr', '/'].map((path) => tree.owns(path))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('has directories for all of its files', () => {
    expect(tree.list('/usr/local').map(({ name, type }) => [name, type])).toEqual([
      ['lib', 'directory'],
      ['bin', 'directory'],
    ]);
    expect(tree.stat('/usr/local/lib/sub').type).toBe('directory');
    expect(tree.stat('/usr/local/lib/a.py')).toMatchObject({ type: 'file', size: 5, mode: 0o444 });
  });

  it.each([
    ['/usr/local/none', 'ENOENT'],
    ['/usr/local/lib/a.py/x', 'ENOTDIR'],
  ])('refuses %s with %s', (path, code) => {
    expect(() => tree.stat(path)).toThrow(expect.objectContaining({ code }));
  });
});
