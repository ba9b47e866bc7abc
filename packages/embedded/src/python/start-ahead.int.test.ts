import { describe, expect, it } from 'vitest';
import { makeFiles, type RunPythonOptions, runPython } from '../../test/run-python.ts';

const SHOW = `
import json, os, sys
state = [sys.argv, sys.orig_argv, sys.path, os.getcwd(), dict(os.environ), list(sys.flags), __name__, globals().get('__file__')]
print(json.dumps(state), sorted(sys.modules))
1/0
`;
const FILES = { '/workspace/main.py': SHOW, '/workspace/größe 1.py': SHOW, '/workspace/mod.py': SHOW, '/workspace/pack/__main__.py': SHOW };

/** Runs a program in an interpreter that waited for it, and in one that was started for it. */
async function runBoth(args: readonly string[], options: Omit<RunPythonOptions, 'startedAhead' | 'files'> = {}) {
  const files = { ...FILES, '/home/sandbox/.keep': '', '/usr/lib/.keep': '' };
  const ahead = await runPython(args, { ...options, files: makeFiles(files), startedAhead: { env: {} } });
  const { wasAhead: _, ...normal } = await runPython(args, { ...options, files: makeFiles(files) });
  return { ahead, normal };
}

describe('a program that comes to a waiting interpreter', () => {
  it.each([
    ['code', ['-c', SHOW, 'a', '--b', '']],
    ['code with characters of every size', ['-c', `print('ü 日 😀')\n${SHOW}`, '日 😀']],
    ['a script', ['main.py', 'x', '-c']],
    ['an absolute script', ['/workspace/main.py']],
    ['a script with spaces and letters', ['./größe 1.py']],
    ['a directory', ['pack', 'y']],
    ['a module', ['-m', 'mod', 'z']],
    ['a module of the library', ['-m', 'platform']],
    ['a missing script', ['missing.py']],
    ['a missing module', ['-m', 'missing']],
    ['standard input', ['-', 'q']],
    ['standard input without arguments', []],
    ['an exit code', ['-c', 'import sys; sys.exit(7)']],
    ['a syntax error', ['-c', 'x = = 1']],
  ])('runs as if the interpreter had been started for it: %s', async (_, args) => {
    const { ahead, normal } = await runBoth(args, { env: { FOO: 'ü', EMPTY: '' }, stdin: SHOW });
    expect(ahead).toEqual({ ...normal, wasAhead: true });
  });

  it.each([
    ['an option', ['-O', '-c', SHOW], {}],
    ['options of the environment', ['-c', SHOW], { PYTHONOPTIMIZE: '1' }],
    ['another home', ['-c', SHOW], { HOME: '/tmp' }],
    ['another time zone', ['-c', SHOW], { TZ: 'Asia/Tokyo' }],
    ['more code than it has room for', ['-c', `${SHOW}\n#${'x'.repeat(20_000)}`], {}],
    ['the version', ['--version'], {}],
  ])('does not use it where the interpreter would have started differently: %s', async (_, args, env) => {
    const { ahead, normal } = await runBoth(args, { env });
    expect(ahead).toEqual({ ...normal, wasAhead: false });
  });

  it.each([
    ['1', true],
    ['0', false],
    ['', false],
    ['yes', false],
  ])('uses it with PYTHONUNBUFFERED=%s: %s', async (value, wasAhead) => {
    const { ahead, normal } = await runBoth(['-c', SHOW], { env: { PYTHONUNBUFFERED: value, PIP_NO_INPUT: '1' } });
    expect(ahead).toEqual({ ...normal, wasAhead });
  });

  it('uses it again and again', async () => {
    const run = () =>
      runPython(['-c', 'import errno; print(open("/missing"))'], { files: makeFiles({ '/workspace/x': '' }), startedAhead: { env: {} } });
    const first = await run();
    expect(first).toMatchObject({ wasAhead: true, exitCode: 1, stderr: expect.stringContaining('FileNotFoundError: [Errno 2]') });
    expect([await run(), await run()]).toEqual([first, first]);
  });

  it('does not use it if the sandbox has a file that the interpreter had looked for', async () => {
    const make = () => makeFiles({ '/usr/lib/python312.zip': '', '/workspace/x': '' });
    const { wasAhead, ...ahead } = await runPython(['-c', SHOW], { files: make(), startedAhead: { env: {} } });
    const { wasAhead: _, ...normal } = await runPython(['-c', SHOW], { files: make() });
    expect([wasAhead, ahead]).toEqual([false, normal]);
  });

  it('runs once, even if it uses the links of the start-up code', async () => {
    const code = `
import os
print('begins')
link = '/usr/local/lib/sandpod/begin'
try: os.readlink(link)
except OSError as error: print(error.strerror)
for target in ('0', '-4', '4294967292', 'x'): os.symlink(target, link)
print('ends')
`;
    const { ahead, normal } = await runBoth(['-c', code]);
    expect(ahead).toEqual({ ...normal, wasAhead: true });
    expect(ahead.stdout).toBe('begins\nNo such file or directory\nends\n');
  });

  it('gets its own random numbers and hashes', async () => {
    const code = 'import random, sys; print(random.random(), hash("a"))';
    const files = () => makeFiles({ '/workspace/x': '' });
    const one = await runPython(['-c', code], { files: files(), startedAhead: { env: {} } });
    const two = await runPython(['-c', code], { files: files(), startedAhead: { env: {} } });
    expect([one.wasAhead, one.stdout.split(' ').length]).toEqual([true, 2]);
    for (const [index, value] of one.stdout.split(' ').entries()) expect(two.stdout.split(' ')[index]).not.toBe(value);
  });
});
