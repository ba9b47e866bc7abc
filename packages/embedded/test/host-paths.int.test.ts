import { homedir } from 'node:os';
import { join } from 'node:path';
import { ProcessLost, type Sandbox, SandpodError } from '@sandpod/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EmbeddedSandbox, EmbeddedSandboxProvider } from '../src/index.ts';
import { eventually } from './fixtures/child-processes.ts';

const MiB = 1024 * 1024;
const REPOSITORY = join(import.meta.dirname, '../../..');
/** Texts that only this machine's paths contain. */
const OF_HOST = [
  REPOSITORY,
  homedir(),
  process.execPath,
  'packages/embedded',
  'node_modules',
  'worker-main',
  'child-main',
  'node:internal',
];

const DEEP_JS = 'function f(a) { return f(a + 1) + 1 } f(1)';
const DEEP_PYTHON = 'import sys; sys.setrecursionlimit(10**9)\ndef f(a): return f(a + 1) + 1\nf(1)';

/** Programs that fail, each in its own way. */
const FAILING: readonly (readonly [argv0: string, code: string])[] = [
  ['python3', 'raise ValueError("x")'],
  ['python3', 'open("/etc/shadow-of-host")'],
  ['python3', 'import missing_module'],
  ['python3', 'import traceback, json; json.loads("{")'],
  ['python3', 'def f(:'],
  ['python3', 'import os; print(sorted(os.environ.items()), os.getcwd(), os.listdir("/")); os.system("x")'],
  ['python3', 'import sys; print(sys.path, sys.executable, sys.prefix, sys.argv, sys.flags); sys.exit("bye")'],
  ['python3', 'import os, sysconfig; print(sysconfig.get_paths(), os.__file__); 1/0'],
  ['python3', 'import subprocess; subprocess.run(["ls"])'],
  ['python3', 'import socket; socket.create_connection(("1.1.1.1", 80))'],
  ['python3', 'import threading; threading.Thread(target=print).start()'],
  ['python3', 'import ctypes'],
  ['python3', DEEP_PYTHON],
  ['python3', 'x = []\nwhile True: x.append(bytearray(2**20))'],
  ['python3', 'import warnings, faulthandler; warnings.warn("old"); faulthandler.dump_traceback()'],
  ['node', 'throw new Error("x")'],
  ['node', 'require("missing-module")'],
  ['node', 'import("missing-module")'],
  ['node', 'require("./missing.js")'],
  ['node', 'syntax error here'],
  ['node', 'Promise.reject(new Error("later"))'],
  ['node', 'console.log(process.argv, process.execPath, process.env, __filename, module.paths); require("fs").readFileSync("/etc/x")'],
  ['node', 'require("child_process").execSync("ls")'],
  ['node', 'console.error(new Error("x").stack, process.cwd(), import.meta?.url)'],
  ['node', DEEP_JS],
  ['node', 'const a = []; for (;;) a.push(new Uint8Array(1024 * 1024).fill(1))'],
  ['node', 'new Uint8Array(1e12)'],
  ['node', '"x".repeat(2 ** 40)'],
  ['sh', 'missing_command'],
  ['sh', 'cat /etc/shadow-of-host; ls /nowhere; cd /nowhere; . /nowhere/x'],
  ['sh', 'echo "unclosed'],
  ['sh', 'f() { f; }; f'],
  ['sh', 'env; pwd; type cat; which python3; command -v node; python3 missing.py; node missing.js'],
  ['sh', 'x=x; while :; do x=$x$x; done'],
  ['sh', `echo '{' | jq .; jq -f missing.jq; jq '.[' missing.json`],
  ['sh', "awk 'BEGIN { while (1) x = x x \"y\" }'; sed -e 's/(/' x; grep '[' x; date -d nonsense; sort --bogus"],
  ['sh', 'seq 1 1000000000 | sort | head -1'],
];

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await new EmbeddedSandboxProvider({ limits: { memoryBytes: 256 * MiB } }).create();
});
afterAll(() => sandbox[Symbol.asyncDispose]());

/** All texts that a user or a guest can see, of a result or an error. */
function textsOf(seen: unknown): string {
  if (!SandpodError.isInstance(seen)) {
    if (seen instanceof Error && !ProcessLost.isInstance(seen)) throw seen;
    return ProcessLost.isInstance(seen) ? `${seen.message} ${seen.reason}` : JSON.stringify(seen);
  }
  return [seen.message, seen.advice, JSON.stringify(seen.details)].join('\n');
}

function expectNoHostPath(text: string, of: string): void {
  for (const path of OF_HOST) expect(text.includes(path), `${path} in the texts of ${of}: ${text.slice(0, 2_000)}`).toBe(false);
}

test.for(FAILING)('a failing program shows no path of this machine: %s %s', { timeout: 60_000 }, async ([program, code]) => {
  const argv = [program, program === 'node' ? '-e' : '-c', code] as const;
  const seen = await sandbox.run({ argv, timeoutMs: 5_000, keptOutputBytes: 64 * 1024 }).catch((error: unknown) => error);
  const text = textsOf(seen);
  expect(text.length).toBeGreaterThan(20);
  expectNoHostPath(text, code);
});

test('errors of file operations and of options show no path of this machine', async () => {
  const uses: readonly (() => Promise<unknown>)[] = [
    () => sandbox.readTextFile({ path: '../../etc/passwd' }),
    () => sandbox.readTextFile({ path: '.' }),
    () => sandbox.writeTextFile({ path: 'a\0b', content: '' }),
    () => sandbox.writeTextFile({ path: `${'d/'.repeat(3_000)}x`, content: '' }),
    () => sandbox.writeBinaryFile({ path: 'large', content: new Uint8Array(600 * MiB) }),
    () => sandbox.run({ argv: ['no-such-program'] }),
    () => sandbox.run({ argv: ['python3', 'missing.py'], cwd: 'nowhere' }),
    () => sandbox.run({ argv: ['python3', '-c', '0', 'x'.repeat(9 * MiB)] }),
    () => sandbox.connect({ port: 80 }),
  ];
  for (const use of uses) expectNoHostPath(textsOf(await use().catch((error: unknown) => error)), String(use));
});

test.for(['SIGKILL', 'SIGABRT', 'SIGSEGV', 'SIGTRAP'] as const)(
  'a child process that ends with %s shows no path of this machine',
  async (signal) => {
    await using own = await new EmbeddedSandboxProvider().create();
    if (!(own instanceof EmbeddedSandbox) || own.processId === undefined) throw new Error('Expected a child process.');
    const { processId } = own;
    const running = await own.spawn({ argv: ['python3', '-c', 'while True: pass'] });
    const ending = running.wait().catch((error: unknown) => error);
    process.kill(processId, signal);
    const ended = await ending;
    expect(ProcessLost.isInstance(ended) && ended.outcome).toBe('session-lost');
    expectNoHostPath(textsOf(ended), signal);
    expectNoHostPath(await own.lost, signal);
    expectNoHostPath(textsOf(await own.run({ argv: ['true'] }).catch((error: unknown) => error)), signal);
    expect(await eventually(() => !isAlive(processId), 10_000)).toBe(true);
  },
);

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
