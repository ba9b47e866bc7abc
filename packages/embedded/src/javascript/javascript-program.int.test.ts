import { beforeAll, describe, expect, test } from 'vitest';
import { type GuestRunOptions, type GuestRunResult, runGuestProgram } from '../../test/run-guest-program.ts';
import { MemoryFileSystem } from '../files/memory-file-system.ts';
import type { GuestProgram } from '../guest/guest-contract.ts';
import { loadJavascriptEngine } from './javascript-engine.ts';
import { createJavascriptProgram } from './javascript-program.ts';

let program: GuestProgram;
beforeAll(async () => {
  program = createJavascriptProgram(await loadJavascriptEngine());
});

const run = (code: string, options?: GuestRunOptions): Promise<GuestRunResult> =>
  runGuestProgram(program, { argv: ['node', '-e', code], ...(options ? { options } : {}) });
const call = (argv: readonly string[], options?: GuestRunOptions): Promise<GuestRunResult> =>
  runGuestProgram(program, { argv: ['node', ...argv], ...(options ? { options } : {}) });

describe('how it is called', () => {
  test('runs a file, with its arguments and environment', async () => {
    const result = await call(['a.js', 'x y', '--flag'], {
      files: { '/workspace/a.js': '#!/usr/bin/env node\nconsole.log(process.argv.slice(1), process.env.FOO, __filename)' },
      env: { FOO: 'bar' },
    });
    expect(result).toMatchObject({ stdout: "[ '/workspace/a.js', 'x y', '--flag' ] bar /workspace/a.js\n", stderr: '', exitCode: 0 });
  });

  test('runs code from standard input', async () => {
    expect((await call(['-'], { stdin: 'console.log(6*7)' })).stdout).toBe('42\n');
    expect((await call([], { stdin: 'console.log(6*7)' })).stdout).toBe('42\n');
  });

  test('the version names the engine', async () => {
    expect((await call(['--version'])).stdout).toMatch(/^v0-sandpod \(QuickJS-ng \d+\.\d+/);
  });

  test('a missing file and an unknown option are errors', async () => {
    expect(await call(['no.js'])).toMatchObject({ exitCode: 1, stderr: "Error: Cannot find module '/workspace/no.js'\n" });
    expect(await call(['--bad'])).toMatchObject({ exitCode: 9, stderr: 'node: bad option: --bad\n' });
  });
});

describe('modules', () => {
  test('ES modules, CommonJS and JSON import each other', async () => {
    const files = {
      '/workspace/main.js': `import cjs, { named } from './c.cjs'; import data from './d.json' with { type: 'json' };\nimport { own } from './lib/m.mjs'; const late = await import('./lib/m.mjs');\nconsole.log(cjs.named, named, data.v, own, late.own === own, import.meta.filename, import.meta.url)`,
      '/workspace/c.cjs': `exports.named = require('./d').v + 1`,
      '/workspace/d.json': '{"v": 1}',
      '/workspace/lib/m.mjs': 'export const own = "own"',
    };
    const fileSystem = new MemoryFileSystem({ workspaceBytes: 1 << 20 });
    fileSystem.makeDirectory('/workspace/lib');
    const result = await call(['main.js'], { files, fileSystem });
    expect(result).toMatchObject({ stderr: '', stdout: '2 2 1 own true /workspace/main.js file:///workspace/main.js\n', exitCode: 0 });
  });

  test('the error for a missing module names the importing file', async () => {
    expect((await run(`require('./nope')`)).stderr).toContain("Cannot find module './nope'\nRequire stack:\n- /workspace/[eval]");
    expect((await run(`import './nope.js'`)).stderr).toContain("Cannot find module '/workspace/nope.js' imported from /workspace/[eval]");
  });

  test.each(['http', 'node:net', 'child_process', 'worker_threads', 'node:vm', 'zlib'])('%s is refused with the reason', async (name) => {
    const bare = name.replace('node:', '');
    for (const code of [`require('${name}')`, `import x from '${name}'`, `await import('${name}')`]) {
      const { stderr, exitCode } = await run(code);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(`node:${bare} is not available: `);
    }
  });

  test('fetch says that there is no network', async () => {
    expect((await run(`fetch('http://x').catch((e) => console.log(e.message))`)).stdout).toBe(
      'fetch is not available: the sandbox has no network\n',
    );
  });
});

describe('the end of a program', () => {
  test.each([
    ['process.exit(7); console.log(1)', 7],
    ['try { process.exit(2) } finally { console.log(1) }', 2],
    ['process.exitCode = 3', 3],
    ['process.exit(137)', 137],
    ['await new Promise(() => {})', 13],
    ['new Promise(() => {})', 0],
  ])('%s ends with its code and without output', async (code, exitCode) => {
    const result = await run(code);
    expect(result).toMatchObject({ exitCode, stdout: '' });
    expect(result.limit).toBeUndefined();
  });

  test('an uncaught error shows its place, its line and its stack', async () => {
    const { stderr, exitCode } = await call(['a.js'], {
      files: { '/workspace/a.js': 'const ok = 1;\nfunction f() { throw new TypeError("bad") }\nf();' },
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('/workspace/a.js:2\nfunction f() { throw new TypeError("bad") }\n');
    expect(stderr).toMatch(/\n\nQuickJS-ng \d+\.\d+\S*\n$/);
    expect(stderr).toMatch(/TypeError: bad\n {4}at f \(\/workspace\/a\.js:2:\d+\)\n {4}at \/workspace\/a\.js:3:1\n/);
  });

  test('a column on the first line is the column in the file', async () => {
    expect((await run('null.x')).stderr).toContain('/workspace/[eval]:1:1');
  });

  test('syntax errors and unhandled rejections end with 1', async () => {
    expect(await run('const x = ;')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('SyntaxError') });
    expect(await run('Promise.reject(new Error("rejected"))')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('Error: rejected'),
    });
    expect(await run('const p = Promise.reject(1); setTimeout(() => p.catch(() => {}), 1)')).toMatchObject({ exitCode: 1 });
    expect(await run('const p = Promise.reject(1); p.catch(() => console.log("caught"))')).toMatchObject({
      exitCode: 0,
      stdout: 'caught\n',
    });
  });
});

describe('the event loop', () => {
  test('runs in the same order as Node and really waits', async () => {
    const result = await run(`
      setTimeout(() => console.log('timer'), 30); setImmediate(() => console.log('immediate'));
      process.nextTick(() => console.log('tick')); Promise.resolve().then(() => console.log('job')); console.log('main');
      let n = 0; const i = setInterval(() => { n++; if (n === 2) { clearInterval(i); console.log('interval', n) } }, 40);
      process.on('exit', (code) => console.log('exit', code));`);
    const lines = result.stdout.trimEnd().split('\n');
    expect(lines.slice(0, 3)).toEqual(['main', 'tick', 'job']);
    // If the machine stalls, timers may be due before the first immediate.
    expect(lines.slice(3, -1).sort()).toEqual(['immediate', 'interval 2', 'timer']);
    expect(lines.at(-1)).toBe('exit 0');
    expect(result.sleptMs).toBeGreaterThan(0);
  });

  test('a timer after unref() keeps nothing alive', async () => {
    expect(await run('setTimeout(() => console.log("never"), 10000).unref()')).toMatchObject({ stdout: '', exitCode: 0, sleptMs: 0 });
  });
});

describe('input and output', () => {
  test('standard input can be read whole, by lines and by events', async () => {
    const stdin = 'a\né\nlast';
    expect((await run(`console.log(require('fs').readFileSync(0, 'utf8').length)`, { stdin })).stdout).toBe('8\n');
    const lines = `for await (const l of require('readline').createInterface({ input: process.stdin })) console.log('[' + l + ']')`;
    expect((await run(`(async () => { ${lines} })()`, { stdin })).stdout).toBe('[a]\n[é]\n[last]\n');
    expect(
      (await run(`let s=''; process.stdin.setEncoding('utf8').on('data', (d) => s += d).on('end', () => console.log(s.length))`, { stdin }))
        .stdout,
    ).toBe('8\n');
  });

  test('10 MB of bytes are written unchanged', async () => {
    expect((await run('process.stdout.write(Buffer.from([0, 255, 10, 254]))')).stdoutBytes).toEqual(new Uint8Array([0, 255, 10, 254]));
    expect((await run('process.stdout.write("x".repeat(1e7))')).stdoutBytes.length).toBe(1e7);
  });

  test('the usual file functions work in all three forms, with the same errors as Node', async () => {
    const { stdout } = await run(`
      const fs = require('node:fs');
      fs.mkdirSync('a/b', { recursive: true }); fs.writeFileSync('a/f', 'héllo'); fs.appendFileSync('a/f', '!');
      console.log(fs.readFileSync('a/f', 'utf8'), fs.statSync('a/f').size, fs.existsSync('zz'));
      console.log(fs.readdirSync('a', { withFileTypes: true }).map((e) => [e.name, e.isDirectory()]));
      for (const f of [() => fs.readFileSync('no'), () => fs.mkdirSync('a'), () => fs.rmdirSync('a'), () => fs.readFileSync('a')])
        try { f() } catch (e) { console.log(e.code, e.message) }
      fs.rmSync('a', { recursive: true });
      fs.promises.readFile('gone').catch((e) => { console.log(e.code); fs.readFile('gone', (e2) => console.log('callback', e2.code)) });`);
    expect(stdout.split('\n')).toEqual([
      'héllo! 7 false',
      "[ [ 'b', true ], [ 'f', false ] ]",
      "ENOENT ENOENT: no such file or directory, open 'no'",
      "EEXIST EEXIST: file already exists, mkdir 'a'",
      "ENOTEMPTY ENOTEMPTY: directory not empty, rmdir 'a'",
      'EISDIR EISDIR: illegal operation on a directory, read',
      'ENOENT',
      'callback ENOENT',
      '',
    ]);
  });

  test('hashes, random values, URL and Buffer work', async () => {
    const { stdout, stderr } = await run(`
      const crypto = require('crypto');
      console.log(crypto.createHash('sha256').update('abc').digest('hex').slice(0, 16), crypto.createHash('md5').update('').digest('base64'));
      console.log(crypto.randomUUID() !== crypto.randomUUID(), Buffer.from('aGk=', 'base64').toString(), Buffer.from('é').toString('hex'));
      const u = new URL('http://h/p?a=1'); u.searchParams.append('b', '2'); console.log(u.href, u.searchParams.get('a'));`);
    expect(stderr).toBe('');
    expect(stdout).toBe('ba7816bf8f01cfea 1B2M2Y8AsgTpgAmY7PhCfg==\ntrue hi c3a9\nhttp://h/p?a=1&b=2 1\n');
  });
});

test('nothing is carried from one run to the next', async () => {
  await run('globalThis.left = 1; Array.prototype.left = 1; Object.prototype.left = 1; console.log = null; require("fs").left = 1');
  const { stdout } = await run('console.log(typeof left, [].left, require("fs").left)');
  expect(stdout).toBe('undefined undefined undefined\n');
  const draws = await Promise.all([run('console.log(Math.random())'), run('console.log(Math.random())')]);
  expect(draws[0]?.stdout).not.toBe(draws[1]?.stdout);
});
