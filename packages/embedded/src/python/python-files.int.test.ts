import { describe, expect, it } from 'vitest';
import { makeFiles, runScript } from '../../test/run-python.ts';

describe('files in Python', () => {
  it('raises FileNotFoundError for a missing file', async () => {
    const run = await runScript(`
import errno, os
for act in (lambda: open('nope.txt'), lambda: os.stat('nope'), lambda: os.listdir('nope'), lambda: os.unlink('nope'), lambda: os.rename('nope', 'x')):
    try:
        act()
    except FileNotFoundError as error:
        print(error.errno == errno.ENOENT, error.strerror)
`);
    expect(run).toMatchObject({ exitCode: 0, stdout: 'True No such file or directory\n'.repeat(5) });
  });

  it.each([
    ["open('/workspace')", 'IsADirectoryError'],
    ["open('main.py/x')", 'NotADirectoryError'],
    ["open('main.py', 'x')", 'FileExistsError'],
    ["os.mkdir('folder'); os.mkdir('folder')", 'FileExistsError'],
    ["os.mkdir('folder'); open('folder/x', 'w').close(); os.rmdir('folder')", 'OSError'],
    ["os.rmdir('main.py')", 'NotADirectoryError'],
    ["os.listdir('main.py')", 'NotADirectoryError'],
    ["os.symlink('loop', 'loop'); open('loop')", 'OSError'],
    ["open('a' * 300, 'w')", 'OSError'],
    ["open('main.py').write('x')", 'UnsupportedOperation'],
    ['os.close(77)', 'OSError'],
    ["open('/usr/local/lib/python3.12/json/__init__.pyc', 'w')", 'OSError'],
    ["os.mkdir('/usr/local/lib/python3.12/mine')", 'OSError'],
    ["open('main.py/../main.py')", 'NotADirectoryError'],
    ["open('nope/../main.py')", 'FileNotFoundError'],
    [`open(b'\\xff\\xfe', 'w')`, 'OSError'],
  ])('%s is %s', async (code, expected) => {
    const run = await runScript(`import os\ntry:\n    ${code}\nexcept Exception as error:\n    print(type(error).__name__)`);
    expect(run).toMatchObject({ exitCode: 0, stdout: `${expected}\n` });
  });

  it('keeps content and hostile names through write, list and read', async () => {
    const run = await runScript(String.raw`
import os
names = ['line\nbreak', 'quo"te', "it's", '-dash', '--', 'žluť 🐎', ' space ', '$HOME', '*', 'a\\b', '...', '.hidden']
os.mkdir('d')
for name in names:
    with open('d/' + name, 'wb') as file:
        file.write(name.encode() + bytes(range(256)))
assert sorted(os.listdir('d')) == sorted(names), os.listdir('d')
for name in names:
    assert open('d/' + name, 'rb').read() == name.encode() + bytes(range(256))
print(len(names))
`);
    expect(run).toMatchObject({ exitCode: 0, stdout: '12\n' });
  });

  it('reads, writes, appends, seeks and truncates', async () => {
    const files = makeFiles({ '/workspace/given.bin': Uint8Array.from([0, 255, 10, 13]) });
    const run = await runScript(
      `
import os
assert open('given.bin', 'rb').read() == bytes([0, 255, 10, 13])
with open('f', 'w+b') as f:
    f.write(b'0123456789'); f.seek(2); assert f.read(3) == b'234'; f.seek(-1, 2); assert f.read() == b'9' and f.tell() == 10
    f.seek(20); f.write(b'x'); f.truncate(21)
with open('f', 'ab') as f:
    f.write(b'end'); assert f.tell() == 24
assert open('f', 'rb').read() == b'0123456789' + bytes(10) + b'xend'
fd = os.open('f', os.O_RDWR)
assert os.pread(fd, 3, 4) == b'456' and os.pwrite(fd, b'AB', 0) == 2 and os.lseek(fd, 0, 1) == 0
os.ftruncate(fd, 4); os.fsync(fd); assert os.fstat(fd).st_size == 4; os.close(fd)
big = os.urandom(5_000_000)
open('big', 'wb').write(big); assert open('big', 'rb').read() == big
print('ok')
`,
      { files },
    );
    expect(run).toMatchObject({ stderr: '', exitCode: 0, stdout: 'ok\n' });
  });

  it('walks, renames, links and sets times', async () => {
    const run = await runScript(`
import os, pathlib, shutil
os.makedirs('a/b/c'); pathlib.Path('a/b/c/x.txt').write_text('x'); os.symlink('b/c', 'a/link'); os.link('a/b/c/x.txt', 'a/hard')
print([(r, sorted(d), sorted(f)) for r, d, f in os.walk('a')])
print(os.readlink('a/link'), os.path.realpath('a/link/x.txt'), os.path.islink('a/link'), open('a/link/../c/x.txt').read())
os.utime('a/hard', (1, 2)); print(os.stat('a/b/c/x.txt').st_mtime, os.stat('a/hard').st_nlink, os.lstat('a/link').st_size)
os.rename('a/hard', 'a/b/moved'); os.unlink('a/b/c/x.txt'); os.replace('a/b/moved', 'a/b/c/x.txt'); shutil.move('a/b', 'z'); print(sorted(os.listdir('z/c')), os.path.exists('a/link'))
os.chdir('z'); print(os.getcwd(), os.listdir('.'), os.path.abspath('c')); shutil.rmtree('/workspace/a'); print(os.path.exists('/workspace/a'))
print(len([entry for entry in os.scandir('c') if entry.is_file()]), len(list(pathlib.Path('/workspace').rglob('*.txt'))))
`);
    expect(run.stderr).toBe('');
    expect(run.stdout.split('\n')).toEqual([
      "[('a', ['b', 'link'], ['hard']), ('a/b', ['c'], []), ('a/b/c', [], ['x.txt'])]",
      'b/c /workspace/a/b/c/x.txt True x',
      '2.0 2 3',
      "['x.txt'] False",
      "/workspace/z ['c'] /workspace/z/c",
      'False',
      '1 1',
      '',
    ]);
  });

  it('lists each of a thousand files once', async () => {
    const run = await runScript(`
import os
os.mkdir('many')
for i in range(1000): open(f'many/{"n" * (i % 90)}{i}', 'w').close()
print(len(os.listdir('many')), len(set(os.listdir('many'))))
`);
    expect(run.stdout).toBe('1000 1000\n');
  });

  it('has the usual devices', async () => {
    const run = await runScript(
      `
print(open('/dev/null').read() == '', open('/dev/null', 'w').write('x'), open('/dev/zero', 'rb').read(4), len(open('/dev/urandom', 'rb').read(9)))
print(open('/dev/stdin').read()); open('/dev/stdout', 'w').write('out\\n'); open('/dev/stderr', 'w').write('err\\n')
`,
      { stdin: 'given' },
    );
    expect(run).toMatchObject({ exitCode: 0, stdout: "True 1 b'\\x00\\x00\\x00\\x00' 9\ngiven\nout\n", stderr: 'err\n' });
  });

  it('fails with EMFILE when descriptors run out, and can use them again after closing', async () => {
    const run = await runScript(`
import errno
held = []
try:
    while True: held.append(open('main.py'))
except OSError as error:
    print(error.errno == errno.EMFILE, 1000 < len(held) < 1024)
held.clear(); print(len(open('main.py').read()) > 0)
`);
    expect(run).toMatchObject({ exitCode: 0, stdout: 'True True\nTrue\n' });
  });
});
