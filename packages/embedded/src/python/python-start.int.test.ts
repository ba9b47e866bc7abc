import { describe, expect, it } from 'vitest';
import { makeFiles, runPython, runScript } from '../../test/run-python.ts';

describe('starting Python', () => {
  it('runs code from an argument', async () => {
    expect(await runPython(['-c', 'print(6*7)'])).toMatchObject({ exitCode: 0, stdout: '42\n', stderr: '' });
  });

  it('prints its version', async () => {
    expect(await runPython(['--version'])).toMatchObject({ exitCode: 0, stdout: 'Python 3.12.0\n' });
  });

  it('runs a relative script with its folder first on the path, in the working directory', async () => {
    const files = makeFiles({
      '/workspace/tools/run.py': 'import os, sys, helper\nprint(sys.argv, sys.path[0], __file__, os.getcwd(), helper.NAME, __name__)',
      '/workspace/tools/helper.py': 'NAME = "mine"',
    });
    const run = await runPython(['tools/run.py', 'a b', '-c', "it's"], { files });
    expect(run).toMatchObject({
      exitCode: 0,
      stdout: `['tools/run.py', 'a b', '-c', "it's"] /workspace/tools /workspace/tools/run.py /workspace mine __main__\n`,
    });
  });

  it('finds a script by ./ and ../ from a working directory below', async () => {
    const files = makeFiles({ '/workspace/a/x.py': 'import sys; print(sys.argv[0], sys.path[0])', '/workspace/b/y': '' });
    expect((await runPython(['./x.py'], { files, cwd: '/workspace/a' })).stdout).toBe('./x.py /workspace/a\n');
    expect((await runPython(['../a/x.py'], { files, cwd: '/workspace/b' })).stdout).toMatch(/^\.\.\/a\/x\.py /);
  });

  it('runs a module of the working directory and of the library', async () => {
    const files = makeFiles({ '/workspace/package/__main__.py': 'import sys; print("in", __name__, sys.argv[1:])' });
    expect((await runPython(['-m', 'package', 'x'], { files })).stdout).toBe("in __main__ ['x']\n");
    expect((await runPython(['-m', 'json.tool'], { stdin: '{"a":1}' })).stdout).toBe('{\n    "a": 1\n}\n');
  });

  it.each([[['-']], [[]]])('reads the script from standard input with arguments %j', async (args) => {
    expect((await runPython(args, { stdin: 'import os\nprint(os.getcwd(), __name__)' })).stdout).toBe('/workspace __main__\n');
  });

  it('names the missing script', async () => {
    const run = await runPython(['missing.py']);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain("can't open file '/workspace/missing.py': [Errno 44] No such file or directory");
  });

  it.each(['-S', '-I', '-E', '-IS', '-Bu'])('sets the working directory with %s', async (option) => {
    expect((await runPython([option, '-c', 'import os; print(os.getcwd())'])).stdout).toBe('/workspace\n');
  });

  it('sets the working directory even when a folder on PYTHONPATH has a sitecustomize', async () => {
    const files = makeFiles({ '/workspace/sitecustomize.py': 'import os; print("mine", os.getcwd())' });
    const run = await runPython(['-c', 'import os; print(os.getcwd())'], { files, env: { PYTHONPATH: '/workspace' } });
    expect(run.stdout).toBe('mine /workspace\n/workspace\n');
  });
});

describe('the environment of Python', () => {
  it('arrives verbatim, without variables of the host', async () => {
    const env = { EMPTY: '', QUOTES: `a'b"c $HOME \`x\``, LINES: 'one\ntwo', UNICODE: 'žluťoučký 🐎', EQUALS: 'a=b=c' };
    const run = await runPython(['-c', 'import os, json; print(json.dumps(dict(os.environ)))'], { env });
    expect(JSON.parse(run.stdout)).toEqual({ ...env, HOME: '/home/sandbox', TMPDIR: '/tmp' });
  });

  it('keeps a given HOME and TMPDIR', async () => {
    const run = await runPython(['-c', 'import os, tempfile; print(os.path.expanduser("~"), tempfile.gettempdir())'], {
      env: { HOME: '/workspace', TMPDIR: '/workspace' },
    });
    expect(run.stdout).toBe('/workspace /workspace\n');
  });
});

describe('streams and the exit of Python', () => {
  it('passes standard input to the last byte, even if it is binary', async () => {
    const stdin = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 256));
    const run = await runPython(['-c', 'import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())'], { stdin });
    expect(Buffer.compare(run.output, stdin)).toBe(0);
  });

  it('reads lines with input() up to the end of input', async () => {
    const run = await runScript('print(input() + "!")\ntry:\n    input()\nexcept EOFError:\n    print("end")', { stdin: 'hello\n' });
    expect(run.stdout).toBe('hello!\nend\n');
  });

  it('writes Unicode and 50 MiB in full', async () => {
    expect((await runPython(['-c', 'print("žluťoučký 🐎")'])).stdout).toBe('žluťoučký 🐎\n');
    const run = await runPython(['-c', 'import sys; sys.stdout.write("x" * 50 * 2**20); print("end")']);
    expect(run.output.length).toBe(50 * 2 ** 20 + 4);
    expect(run.stdout.endsWith('xend\n')).toBe(true);
  });

  it('passes on output without a newline before the program goes on', async () => {
    const run = await runScript('import os\nprint("part", end="")\nos._exit(7)');
    expect(run).toMatchObject({ exitCode: 7, stdout: 'part' });
  });

  it.each([
    ['import sys; sys.exit(3)', 3],
    ['import sys; sys.exit("no")', 1],
    ['raise SystemExit', 0],
    ['import os; os._exit(124)', 124],
    ['1/0', 1],
    ['(', 1],
  ])('ends %j with %i', async (code, exitCode) => {
    const run = await runPython(['-c', code]);
    expect(run).toMatchObject({ exitCode });
    expect(run.limit).toBeUndefined();
  });

  it('prints tracebacks as CPython does, without frames of sandpod', async () => {
    const run = await runScript('import json\n\ndef load():\n    return json.loads("{")\n\nload()');
    expect(run.exitCode).toBe(1);
    expect(run.stderr.replaceAll(/line \d+, in (decode|raw_decode|loads)/g, 'line N, in $1').split('\n')).toEqual([
      'Traceback (most recent call last):',
      '  File "/workspace/main.py", line 6, in <module>',
      '    load()',
      '  File "/workspace/main.py", line 4, in load',
      '    return json.loads("{")',
      '           ^^^^^^^^^^^^^^^',
      '  File "/usr/local/lib/python3.12/json/__init__.py", line N, in loads',
      '  File "/usr/local/lib/python3.12/json/decoder.py", line N, in decode',
      '  File "/usr/local/lib/python3.12/json/decoder.py", line N, in raw_decode',
      'json.decoder.JSONDecodeError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)',
      '',
    ]);
  });
});
