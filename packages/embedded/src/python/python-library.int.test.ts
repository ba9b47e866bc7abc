import { describe, expect, it } from 'vitest';
import { makeFiles, runPython, runScript } from '../../test/run-python.ts';

describe("Python's library", () => {
  it('has working modules for typical small programs', async () => {
    const run = await runScript(`
import csv, dataclasses, datetime, decimal, hashlib, io, json, pathlib, random, re, sqlite3, statistics, tarfile, tempfile, unittest, urllib.parse, zipfile, zlib
assert json.loads(json.dumps({'a': [1, None, 'ž']})) == {'a': [1, None, 'ž']}
assert list(csv.reader(io.StringIO('a,"b,c"\\n'))) == [['a', 'b,c']]
assert re.sub(r'(\\w+) (\\w+)', r'\\2 \\1', 'x y') == 'y x'
assert datetime.datetime.now(datetime.timezone.utc).year >= 2024
assert 0 <= random.random() < 1 and random.randint(1, 1) == 1
assert decimal.Decimal('0.1') + decimal.Decimal('0.2') == decimal.Decimal('0.3')
assert statistics.median([3, 1, 2]) == 2
assert urllib.parse.parse_qs('a=1&b=2') == {'a': ['1'], 'b': ['2']}
assert hashlib.sha256(b'x').hexdigest().startswith('2d711642')
assert zlib.decompress(zlib.compress(b'y' * 1000)) == b'y' * 1000
@dataclasses.dataclass
class P: x: int = 1
assert P() == P(1)
with zipfile.ZipFile('a.zip', 'w', zipfile.ZIP_DEFLATED) as z: z.write('main.py')
zipfile.ZipFile('a.zip').extractall('un'); assert pathlib.Path('un/main.py').read_text() == pathlib.Path('main.py').read_text()
with tarfile.open('a.tgz', 'w:gz') as t: t.add('un')
tarfile.open('a.tgz').extractall('un2', filter='data'); assert pathlib.Path('un2/un/main.py').exists()
db = sqlite3.connect('x.db'); db.execute('create table t(a)'); db.execute('insert into t values (?)', (7,)); db.commit(); db.close()
assert sqlite3.connect('x.db').execute('select a from t').fetchall() == [(7,)]
with tempfile.NamedTemporaryFile('w+') as t: t.write('q'); t.flush(); assert t.name.startswith('/tmp/')
class T(unittest.TestCase):
    def test_it(self): self.assertEqual(1, 1)
unittest.main(exit=False)
print('ok')
`);
    expect(run).toMatchObject({ exitCode: 0, stdout: 'ok\n' });
    expect(run.stderr).toContain('Ran 1 test');
  });

  it('imports from the working directory and leaves no compiled files', async () => {
    const files = makeFiles({ '/workspace/lib/__init__.py': 'from .part import X', '/workspace/lib/part.py': 'X = 5' });
    expect((await runPython(['-c', 'import lib, os; print(lib.X, os.listdir("lib"))'], { files })).stdout).toBe(
      "5 ['__init__.py', 'part.py']\n",
    );
  });

  it('waits in time.sleep', async () => {
    const run = await runPython([
      '-c',
      'import time; t = time.monotonic(); time.sleep(0.3); print(time.monotonic() - t); c = time.process_time(); print(c < 60)',
    ]);
    expect(Number.parseFloat(run.stdout)).toBeGreaterThanOrEqual(0.29);
    expect(Number.parseFloat(run.stdout)).toBeLessThan(5);
    expect(run.stdout).toContain('True');
  });

  it('runs asyncio: sleep, gather, wait_for, queues and task groups', async () => {
    const run = await runScript(`
import asyncio, time
async def after(n):
    await asyncio.sleep(n / 10); return n
async def main():
    start = time.monotonic()
    print(await asyncio.gather(after(1), after(2), after(3)), 0.29 < time.monotonic() - start < 0.58)
    try: await asyncio.wait_for(after(50), 0.05)
    except TimeoutError: print('timeout')
    queue = asyncio.Queue()
    async with asyncio.TaskGroup() as group: group.create_task(queue.put(1)); group.create_task(after(1))
    return await queue.get()
print(asyncio.run(main()))
`);
    expect(run).toMatchObject({ stderr: '', exitCode: 0, stdout: '[1, 2, 3] True\ntimeout\n1\n' });
  });

  it('ends an event loop that nothing can wake up', async () => {
    const run = await runScript('import asyncio\nasync def f(): await asyncio.Event().wait()\nasyncio.run(f())');
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('RuntimeError: The event loop waits for something that cannot happen');
  });

  it.each([
    ['import os; os.system("ls")', 'OSError: [Errno 95] The sandbox cannot start other programs'],
    ['import subprocess; subprocess.run(["ls"])', 'OSError: [Errno 95] The sandbox cannot start other programs'],
    ['import os; os.popen("ls")', 'OSError: [Errno 95] The sandbox cannot start other programs'],
    ['import socket; socket.socket()', 'OSError: [Errno 101] The sandbox has no network'],
    ['import socket; socket.getaddrinfo("example.com", 80)', 'socket.gaierror: [Errno 101] The sandbox has no network'],
    ['import urllib.request as u; u.urlopen("http://example.com")', 'urlopen error [Errno 101] The sandbox has no network'],
    ['import urllib.request as u; u.urlopen("https://example.com")', 'urlopen error The sandbox has no network'],
    ['import threading; threading.Thread(target=print).start()', "RuntimeError: can't start new thread"],
    ['from concurrent.futures import ThreadPoolExecutor as T; T()', "RuntimeError: can't start new thread"],
  ])('%s says what is missing', async (code, message) => {
    const run = await runPython(['-c', code]);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain(message);
  });

  it('explains that pip does not exist', async () => {
    const run = await runPython(['-m', 'pip', 'install', 'numpy']);
    expect(run).toMatchObject({
      exitCode: 1,
      stderr: 'pip: this sandbox has no network and no package index; only the standard library of Python is available.\n',
    });
    expect((await runPython(['-c', 'import pip'])).stderr).toContain("ModuleNotFoundError: No module named 'pip'");
  });
});
