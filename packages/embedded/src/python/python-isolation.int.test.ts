import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFiles, runPython, runScript } from '../../test/run-python.ts';

const folder = mkdtempSync(join(tmpdir(), 'sandpod-canary-'));
const canary = join(folder, 'canary.txt');
writeFileSync(canary, 'canary of the host');
afterAll(() => rmSync(folder, { recursive: true }));

describe('isolation of Python', () => {
  it.each([
    () => canary,
    () => `/workspace/../../../../..${canary}`,
    () => `/proc/self/root${canary}`,
    () => '/etc/passwd',
    () => '/proc/self/environ',
    () => '/dev/fd/5',
    () => import.meta.filename,
  ])('does not open a file of the host (%#)', async (path) => {
    const run = await runPython(['-c', 'import sys; print(open(sys.argv[1]).read())', path()]);
    expect(run).toMatchObject({ exitCode: 1, stdout: '' });
    expect(run.stderr).toContain('FileNotFoundError');
  });

  it('does not reach the host through a link', async () => {
    const run = await runScript(
      `import os, sys\nos.symlink(${JSON.stringify(canary)}, 'link')\nprint(os.path.exists('link'), open('link').read())`,
    );
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('FileNotFoundError');
  });

  it('writes nothing on the host', async () => {
    const run = await runScript(
      `import os\nos.makedirs(${JSON.stringify(folder)}, exist_ok=True)\nopen(${JSON.stringify(canary)}, 'w').write('changed')\nprint('done')`,
    );
    expect(run.stdout).toBe('done\n');
    expect(readFileSync(canary, 'utf8')).toBe('canary of the host');
  });

  it.each([
    'js',
    'pyodide_js',
    'pyodide',
    '_pyodide',
    '_wasi',
    'wasi',
    'ctypes',
    '_ctypes',
    '_posixsubprocess',
    'mmap',
    '_multiprocessing',
  ])('has no module %s', async (name) => {
    expect((await runPython(['-c', `import ${name}`])).stderr).toContain('ModuleNotFoundError');
  });

  it('keeps nothing from one run to the next', async () => {
    const files = makeFiles();
    await runScript('import builtins, os, sys\nbuiltins.secret = 1\nos.environ["SECRET"] = "1"\nsys.modules["secret"] = sys', { files });
    const run = await runScript(
      'import builtins, os, sys\nprint(hasattr(builtins, "secret"), "SECRET" in os.environ, "secret" in sys.modules)',
      { files },
    );
    expect(run.stdout).toBe('False False False\n');
  });

  it('survives a crash of the interpreter: the run ends with 134 and the next works', async () => {
    const run = await runScript('import _testcapi\n_testcapi.fatal_error(b"on purpose")');
    expect(run.exitCode).toBe(134);
    expect(run.stderr).toMatch(/on purpose[\s\S]*\npython3: the interpreter crashed: .+\n$/);
    expect((await runPython(['-c', 'print(1)'])).stdout).toBe('1\n');
  });

  it('hides the links of its start-up code', async () => {
    const run = await runScript('import os\nprint(os.path.exists("/usr/local/lib/sandpod"), os.environ.get("__WASI_VFS_PACKING"))');
    expect(run.stdout).toBe('False None\n');
  });
});
