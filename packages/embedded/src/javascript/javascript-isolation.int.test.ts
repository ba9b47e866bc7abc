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

describe('the host stays out of reach', () => {
  test('every constructor chain ends in the guest', async () => {
    const { stdout } = await run(`
      const found = [console.log, process.exit, require('fs').readFileSync, require, setTimeout, URL, Buffer.from].map((f) => {
        const p = f.constructor('return process')();
        return p === process && p.version.startsWith('v0-sandpod') && p.binding === undefined && p.mainModule === undefined;
      });
      console.log(found.every(Boolean), typeof globalThis.__sandpod, typeof globalThis.__sandpodHost, typeof WebAssembly)`);
    expect(stdout).toBe('true undefined undefined undefined\n');
  });

  test('the guest sees only its own files, environment and modules', async () => {
    const { stdout } = await run(`
      const fs = await import('node:fs');
      console.log(fs.existsSync('/etc/passwd'), fs.existsSync(${JSON.stringify(import.meta.filename)}), Object.keys(process.env));
      for (const path of ['/etc/passwd', '../../../../etc/passwd', 'file:///etc/passwd', '/proc/self/environ'])
        try { fs.readFileSync(path); console.log('read', path) } catch (e) { console.log(e.code) }
      for (const name of ['sandpod:/host.js', 'sandpod:/boot.js', '/etc/hostname'])
        await import(name).then(() => console.log('loaded', name), (e) => console.log(e.message.split(' imported')[0]))`);
    expect(stdout.split('\n')).toEqual([
      "false false [ 'HOME' ]",
      ...Array.from({ length: 4 }, () => 'ENOENT'),
      "Cannot find package 'sandpod:/host.js'",
      "Cannot find package 'sandpod:/boot.js'",
      "Cannot find module '/etc/hostname'",
      '',
    ]);
  });

  test('errors contain no path of the host', async () => {
    const { stdout } = await run(`
      const seen = [];
      for (const f of [() => require('fs').readFileSync('x'), () => require('nope'), () => new Function('}'), () => structuredClone(() => {})])
        try { f() } catch (e) { seen.push(e.stack) }
      await import('./nope.mjs').catch((e) => seen.push(e.stack + e.message));
      console.log(seen.join('\\n'))`);
    expect(stdout).not.toMatch(/packages\/embedded|node_modules|wasm:|node:internal/);
  });

  test('hostile values do not touch host prototypes', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype).join();
    const result = await run(`
      Error.prepareStackTrace = () => { throw 1 };
      Object.prototype.toJSON = function () { return JSON.parse('{"__proto__":{"polluted":1}}') };
      JSON.parse = JSON.stringify = () => ({ constructor: { prototype: { polluted: 1 } } });
      Uint8Array.prototype.constructor = null; Array.prototype.map = null;
      const fs = require('fs');
      for (const value of [new Proxy({}, { get() { throw 1 } }), { get length() { throw 1 } }, Object.create(null), -1, 1e308, NaN, {}, []])
        for (const f of [fs.readSync, fs.closeSync, fs.writeSync, fs.fstatSync, fs.openSync, fs.truncateSync])
          try { f(value, value, value, value, value) } catch {}
      throw new Proxy(new Error('thrown'), { get() { throw new Error('trap') }, getPrototypeOf() { throw 1 } })`);
    expect(result.exitCode).not.toBe(0);
    expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('very deep nesting is an error inside the guest', async () => {
    const { stdout } = await run(`
      let o = {}; for (let i = 0; i < 1e5; i++) o = { o };
      console.log(o); try { (function f(n) { return f(n + 1) + 1 })(0) } catch (e) { console.log(e.name) }`);
    expect(stdout).toBe('{ o: { o: { o: [Object] } } }\nRangeError\n');
  });
});

describe('limits', () => {
  test.each([
    'const a = []; for (;;) a.push(new Array(1e5).fill(0))',
    'import "fs"; const m = new Map(); for (let i = 0; ; i++) m.set(i, { i, text: "x".repeat(100) })',
    'const a = []; setInterval(() => { for (let i = 0; i < 100; i++) a.push(new Uint8Array(1e6)) }, 1)',
  ])('running out of memory is distinct from a failing program: %s', async (code) => {
    const result = await run(code, { memoryBytes: 32 << 20 });
    expect(result).toMatchObject({ exitCode: 134, limit: 'memory', reason: expect.stringContaining('its limit is 32 MiB') });
    expect(result.stderr).toContain('InternalError: out of memory');
  });

  test('a program can catch an out-of-memory error and go on', async () => {
    const result = await run('try { new Uint8Array(1e9) } catch (e) { console.log("caught") }', { memoryBytes: 32 << 20 });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'caught\n' });
    expect(result.limit).toBeUndefined();
  });

  test('a full disk is reported as the disk limit', async () => {
    const fileSystem = new MemoryFileSystem({ workspaceBytes: 1 << 20 });
    const result = await run('for (let i = 0; ; i++) require("fs").writeFileSync("f" + i, Buffer.alloc(1e5))', { fileSystem });
    expect(result).toMatchObject({ exitCode: 1, limit: 'disk', stderr: expect.stringContaining('ENOSPC') });
  });

  test('files that a program leaves open are closed', async () => {
    const fileSystem = new MemoryFileSystem({ workspaceBytes: 1 << 20 });
    const code =
      'const fs = require("fs"); let n = 0; try { for (;;) { fs.openSync("f" + (n % 5), "w"); n++ } } catch (e) { console.log(e.code, n) }';
    const first = await run(code, { fileSystem });
    expect(first.stdout).toMatch(/^EMFILE \d+\n$/);
    expect((await run(code, { fileSystem })).stdout).toBe(first.stdout);
  });
});
