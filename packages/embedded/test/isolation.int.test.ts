import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '@sandpod/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childArguments } from '../src/host/parent/child-flags.ts';
import { EmbeddedSandboxProvider } from '../src/index.ts';

const CANARY = `canary-${crypto.randomUUID()}`;
const CANARY_FILE = join(tmpdir(), `file-${crypto.randomUUID()}`);
let sandbox: Sandbox;
let server: Server;
let connections = 0;

beforeAll(async () => {
  process.env['SANDPOD_CANARY'] = CANARY;
  writeFileSync(CANARY_FILE, CANARY);
  server = createServer(() => {
    connections += 1;
  }).listen(0, '127.0.0.1');
  sandbox = await new EmbeddedSandboxProvider().create();
});

afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  server.close();
  rmSync(CANARY_FILE);
  Reflect.deleteProperty(process.env, 'SANDPOD_CANARY');
});

async function everythingPrinted(argv: readonly [string, ...string[]]): Promise<string> {
  const { stdout, stderr } = await sandbox.run({ argv, timeoutMs: 20_000 });
  return stdout + stderr;
}

describe('the host', () => {
  it.each([
    `import os; print(dict(os.environ))`,
    `print(open(${JSON.stringify(CANARY_FILE)}).read())`,
    `import os\nfor root, _, names in os.walk("/"): print(root, names)`,
    `import os; print(os.listdir("/proc"))`,
    `print(open("/proc/self/environ").read())`,
    `import os; print(os.system("cat ${CANARY_FILE}"), os.popen("env").read())`,
    `import subprocess; print(subprocess.run(["env"], capture_output=True).stdout)`,
    `import ctypes; print(ctypes.CDLL(None).getenv)`,
    `import js; print(js.process.env)`,
    `import pyodide_js; print(pyodide_js)`,
    `import sys, gc\nprint([str(o)[:2000] for o in gc.get_objects() if isinstance(o, dict)][:5000])`,
    `import os\nfor fd in range(3, 20):\n  try: print(fd, os.read(fd, 1000))\n  except OSError as e: print(e)`,
  ])('shares neither its environment nor its files with Python [row 64]: %s', async (code) => {
    expect(await everythingPrinted(['python3', '-c', code])).not.toContain(CANARY);
  });

  it.each([
    `console.log(JSON.stringify(process.env))`,
    `console.log(require('fs').readFileSync(${JSON.stringify(CANARY_FILE)}, 'utf8'))`,
    `import('node:fs').then((fs) => console.log(fs.readFileSync(${JSON.stringify(CANARY_FILE)}, 'utf8')))`,
    `console.log(console.log.constructor.constructor('return process')().env)`,
    `console.log(this.constructor.constructor('return globalThis.process.mainModule')())`,
    `console.log(require('child_process').execSync('env').toString())`,
    `console.log(Object.getOwnPropertyNames(globalThis).map((name) => { try { return name + String(globalThis[name]) } catch (e) { return String(e) } }).join())`,
    `const f = (0, eval)('(function () { return this })()'); console.log(Object.keys(f), f.process && f.process.binding)`,
    `try { null.x } catch (e) { console.log(e.constructor.constructor('return process.env')(), e.stack) }`,
  ])('shares neither its environment nor its files with JavaScript [row 64]: %s', async (code) => {
    expect(await everythingPrinted(['node', '-e', code])).not.toContain(CANARY);
  });

  it('has no network for any program', async () => {
    const { port } = server.address() as { port: number };
    await everythingPrinted(['python3', '-c', `import socket; socket.create_connection(("127.0.0.1", ${port}), 2)`]);
    await everythingPrinted(['python3', '-c', `import urllib.request as r; r.urlopen("http://127.0.0.1:${port}", timeout=2)`]);
    await everythingPrinted(['node', '-e', `fetch('http://127.0.0.1:${port}').catch(console.log)`]);
    await everythingPrinted(['node', '-e', `require('net').connect(${port}, '127.0.0.1')`]);
    expect(connections).toBe(0);
  });

  it('is not changed by data that programs send back [row 66]', async () => {
    const before = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));
    await everythingPrinted([
      'node',
      '-e',
      'Object.prototype.polluted = 1; process.exit({ valueOf: () => 3, __proto__: { limit: "memory" } })',
    ]);
    expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(before);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('a run', () => {
  it.each([
    ['python3', '-c', 'while True: pass'],
    ['python3', '-c', 'x = "a" * 1000000\nwhile True: x.replace("a", "bb")'],
    ['python3', '-c', 'import re; re.match(r"(a+)+$", "a" * 64 + "b")'],
    ['node', '-e', 'for (;;);'],
    ['node', '-e', "/(a+)+$/.exec('a'.repeat(64) + 'b')"],
    ['node', '-e', 'await new Promise(() => {}); setInterval(() => {}, 1000)'],
    ['node', '-e', 'setInterval(() => {}, 10)'],
    ['node', '-e', "const x = 'a'.repeat(2 ** 20); for (;;) x.split('').reverse().join('')"],
  ] as const)('ends at its deadline whatever it does: %s %s %s', async (...argv) => {
    const started = performance.now();
    const ending = await sandbox.run({ argv, timeoutMs: 1_500 }).catch((error: unknown) => error);
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(ending).not.toMatchObject({ exitCode: 0 });
  });

  it.each([
    ['python3', '-c', 'x = []\nwhile True: x.append(bytearray(10**6))'],
    ['node', '-e', 'const x = []; for (;;) x.push(new Uint8Array(1e6).fill(1))'],
    ['node', '-e', 'const x = []; for (;;) x.push("a" + Math.random())'],
    // The last call fails in the host, which has to put its result into the engine's memory.
    ['node', '-e', 'const x = []; try { for (;;) x.push(new Uint8Array(1e5)) } catch {} require("crypto").randomBytes(3e5)'],
  ] as const)('that takes more memory than it may ends as such: %s %s %s', async (...argv) => {
    const small = await new EmbeddedSandboxProvider({ limits: { memoryBytes: 64 * 2 ** 20 } }).create();
    const ending = await small.run({ argv, timeoutMs: 50_000 }).catch((error: unknown) => error);
    expect(ending).toMatchObject({ outcome: 'memory-limit' });
    expect(await small.run({ argv: ['python3', '-c', 'print(1)'] })).toMatchObject({ stdout: '1\n' });
    await small[Symbol.asyncDispose]();
  });

  it('leaves nothing behind for a run in another sandbox', async () => {
    const code = 'import os\nfor d in ["/tmp", "/workspace", "/home/sandbox", "/", "/usr/bin"]: open(d + "/left-over", "w").write("x")';
    await everythingPrinted(['python3', '-c', code]);
    const other = await new EmbeddedSandboxProvider().create();
    const { stdout } = await other.run({ argv: ['python3', '-c', 'import os\nfor root, _, names in os.walk("/"): print(root, names)'] });
    await other[Symbol.asyncDispose]();
    expect(stdout).not.toContain('left-over');
  });
});

describe('host code that runs in the child process, as after an escape', () => {
  function escaped(code: string): string {
    const flags = childArguments({ memoryBytes: 2 ** 26 }).slice(0, -1);
    const { stdout, stderr } = spawnSync(process.execPath, [...flags, '--input-type=commonjs', '-e', code], {
      env: {},
      cwd: '/',
      encoding: 'utf8',
    });
    return stdout + stderr;
  }

  it('runs in this test', () => {
    expect(escaped('console.log(6 * 7)')).toBe('42\n');
  });

  it.each([
    `fs.readFileSync(${JSON.stringify(CANARY_FILE)})`,
    `fs.writeFileSync(${JSON.stringify(CANARY_FILE)}, '')`,
    `fs.readdirSync('/')`,
    `fs.readFileSync('/proc/' + process.ppid + '/environ')`,
    `child_process.execSync('env')`,
    `process.dlopen({ exports: {} }, '/x.node')`,
  ])('is refused %s', (code) => {
    const output = escaped(`try { ${code}; console.log('reached') } catch (e) { console.log(e.code) }`);
    expect(output).toMatch(/^ERR_(ACCESS_DENIED|DLOPEN_DISABLED)\n$/);
  });

  it('finds an empty environment and cannot evaluate text as code', () => {
    expect(escaped('console.log(JSON.stringify(process.env)); try { eval("1") } catch (e) { console.log(e.name) }')).toBe(
      '{}\nEvalError\n',
    );
  });
});
