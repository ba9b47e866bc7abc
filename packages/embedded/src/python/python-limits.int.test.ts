import { setFlagsFromString } from 'node:v8';
import { beforeAll, describe, expect, it } from 'vitest';
import { runPython, runScript } from '../../test/run-python.ts';
import { MemoryFileSystem } from '../files/memory-file-system.ts';

const MEMORY_BYTES = 64 * 2 ** 20;

// The same flag that the child process is started with.
beforeAll(() => setFlagsFromString(`--wasm-max-mem-pages=${MEMORY_BYTES / 65_536}`));

describe('limits of Python', () => {
  it.each([
    ['one big piece', 'x = bytearray(200_000_000)'],
    ['many small pieces', 'x = []\nwhile True: x.append([0] * 100)'],
    ['a growing string', 'x = "a"\nwhile True: x += x'],
    ['in a function', 'def f():\n    d = {}\n    while True: d[len(d)] = str(len(d))\nf()'],
  ])('reports the memory limit after a MemoryError: %s', async (_, code) => {
    const run = await runScript(code, { memoryBytes: MEMORY_BYTES });
    expect(run).toMatchObject({ exitCode: 1, limit: 'memory', reason: 'The program ran out of memory: its limit is 64 MiB.' });
    // If not even a traceback fits into the memory, CPython prints none.
    expect(run.stderr).toMatch(/^(?:Traceback[\s\S]*\n)?MemoryError\n$/);
  });

  it('reports no limit if the program handles the MemoryError', async () => {
    const run = await runScript('try:\n    bytearray(200_000_000)\nexcept MemoryError:\n    print("less then")', {
      memoryBytes: MEMORY_BYTES,
    });
    expect(run).toEqual({ exitCode: 0, wasAhead: false, stdout: 'less then\n', stderr: '', output: Buffer.from('less then\n') });
  });

  it('reports the disk limit after a full disk', async () => {
    const files = new MemoryFileSystem({ workspaceBytes: 1_000_000 });
    const run = await runScript('f = open("big", "wb")\nwhile True: f.write(b"x" * 100_000)', { files });
    expect(run).toMatchObject({ exitCode: 1, limit: 'disk', reason: 'The program stopped because the disk limit was reached.' });
    expect(run.stderr).toContain('No space left on device');
    const after = await runScript('import os; os.unlink("big"); open("small", "w").write("x"); print("ok")', { files });
    expect(after).toMatchObject({ exitCode: 0, stdout: 'ok\n' });
  });

  it.each([
    ['a function', 'def f(): f()\nf()'],
    ['__getattr__', 'class A:\n    def __getattr__(self, name): return getattr(self, name)\nA().x'],
    ['a property', 'class A:\n    @property\n    def x(self): return self.x\nA().x'],
    ['__repr__', 'class A:\n    def __repr__(self): return repr(self)\nrepr(A())'],
    ['__eq__', 'class A:\n    def __eq__(self, o): return self == o\nA() == A()'],
    ['__call__', 'class A:\n    def __call__(self): return self()\nA()()'],
    ['sorted with a key', 'def f(x): return sorted([1], key=f)\nf(1)'],
    ['deep JSON', 'import json\njson.loads("[" * 100_000)'],
    ['deep lists', 'x = []\nfor _ in range(100_000): x = [x]\nrepr(x)'],
    ['pickle', 'import pickle\nx = []\nfor _ in range(100_000): x = [x]\npickle.dumps(x)'],
    ['deep source', 'eval("-" * 3000 + "1")'],
  ])('raises RecursionError: %s', async (_, code) => {
    const run = await runScript(code);
    expect(run.stderr).toMatch(/(RecursionError: |Parser stack overflowed)/);
    expect(run).toMatchObject({ exitCode: 1 });
    expect(run.limit).toBeUndefined();
  });

  it('raises RecursionError for every recursion limit that the program sets', async () => {
    const run = await runScript(`
import sys
sys.setrecursionlimit(10**9)
def f(n): return f(n + 1)
try: f(0)
except BaseException as error: print(type(error).__name__)
`);
    expect(run).toMatchObject({ exitCode: 0, stdout: 'RecursionError\n' });
  });

  it('recurses deeply if the program raises the limit', async () => {
    const run = await runPython(['-c', 'import sys; sys.setrecursionlimit(10**6)\ndef f(n): return n and f(n - 1) + 1\nprint(f(150_000))']);
    expect(run).toMatchObject({ exitCode: 0, stdout: '150000\n' });
  });
});
