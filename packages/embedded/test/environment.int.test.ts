import { builtinModules } from 'node:module';
import type { CodeResult, Environment, Lack } from '@sandpod/core';
import { afterAll, expect, it } from 'vitest';
import { EmbeddedCommandLineCodeExecutor } from '../src/index.ts';

const executor = new EmbeddedCommandLineCodeExecutor();
afterAll(() => executor.stop());
const { provides, lacks } = executor.describe().environment as Environment;

function provided(kind: string, language?: string): readonly string[] {
  return provides.filter((entry) => entry.kind === kind && entry.language === language).flatMap(({ names }) => names);
}

function lacking(kind: string, language?: string): Lack[] {
  return lacks.filter((entry) => entry.kind === kind && entry.language === language);
}

function namesOf(entries: readonly Lack[]): string[] {
  return entries.flatMap(({ names }) => names);
}

/** Returns the reason as messages contain it. */
function clause({ reason }: Lack): string {
  return reason.slice(1, -1);
}

/** Returns each missing name for which the messages lack the reason. */
function unexplained(entries: readonly Lack[], messages: Readonly<Record<string, string>>): string[] {
  return entries.flatMap((lack) => lack.names.filter((name) => name !== '*' && !messages[name]?.includes(clause(lack))));
}

async function run(language: string, code: string): Promise<CodeResult> {
  return executor.runCode(code, { language });
}

async function runForJson<Value>(language: string, code: string): Promise<Value> {
  const { output, stdout } = await run(language, code);
  expect(output).toBe(stdout);
  return JSON.parse(stdout) as Value;
}

/** Returns the error message of each Python module, or an empty text if it can be imported. */
async function importInPython(names: readonly string[] | undefined): Promise<Record<string, string>> {
  const list = names === undefined ? 'sys.stdlib_module_names' : JSON.stringify(names);
  return runForJson(
    'python',
    `import contextlib, importlib, io, json, sys
found = {}
for name in sorted(${list}):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            importlib.import_module(name)
        found[name] = ''
    except ImportError as error:
        found[name] = str(error)
print(json.dumps(found))`,
  );
}

it('the environment is plain data', () => {
  const { environment } = executor.describe();
  expect(JSON.parse(JSON.stringify(environment))).toEqual(environment);
  expect(environment?.limits.memoryBytes).toBe(512 * 1024 * 1024);
  for (const { names } of [...provides, ...lacks]) expect(names.length).toBeGreaterThan(0);
});

it('no name is both provided and missing, or missing twice', () => {
  for (const [kind, language] of [['module', 'python'], ['module', 'javascript'], ['command']] as const) {
    const missing = namesOf(lacking(kind, language));
    expect(missing.filter((name, index) => missing.indexOf(name) !== index)).toEqual([]);
    expect(provided(kind, language).filter((name) => missing.includes(name))).toEqual([]);
  }
});

it('every module of the standard library of Python is provided or missing as listed', { timeout: 60_000 }, async () => {
  const found = await importInPython(undefined);
  const importable = Object.keys(found).filter((name) => found[name] === '');
  expect(importable.filter((name) => !name.startsWith('_'))).toEqual([...provided('module', 'python')].sort());
  const missing = Object.keys(found).filter((name) => found[name] !== '');
  expect(missing.filter((name) => !namesOf(lacking('module', 'python')).includes(name))).toEqual([]);
});

it('a missing Python module cannot be imported, and the message contains the reason', async () => {
  const isPackageOrInternal = ({ reason }: Lack): boolean => /standard library here|only on Windows|internal module/.test(reason);
  const listed = lacking('module', 'python').filter(({ names }) => !names.includes('requests'));
  const found = await importInPython(namesOf(lacking('module', 'python')).filter((name) => name !== '*'));
  expect(Object.keys(found).filter((name) => found[name] === '')).toEqual([]);
  expect(
    unexplained(
      listed.filter((lack) => !isPackageOrInternal(lack)),
      found,
    ),
  ).toEqual([]);
});

it('a missing Python function fails, and the message contains the reason', async () => {
  const listed = lacking('feature', 'python').filter(({ names }) => /^(?:os|signal)\./.test(names[0] ?? ''));
  const found = await runForJson<Record<string, string>>(
    'python',
    `import json, os, signal
found = {}
for name in ${JSON.stringify(namesOf(listed))}:
    try: found[name] = str(eval(name))
    except AttributeError as error: found[name] = str(error)
print(json.dumps(found))`,
  );
  expect(namesOf(listed).length).toBeGreaterThan(60);
  expect(unexplained(listed, found)).toEqual([]);
});

/** Returns the error message of each Node module, or an empty text if it can be loaded. */
async function loadInJavascript(names: readonly string[]): Promise<Record<string, string>> {
  return runForJson(
    'javascript',
    `const found = {};
for (const name of ${JSON.stringify(names)}) {
  try { found[name] = require(name) && ''; } catch (error) { found[name] = error.message; }
}
console.log(JSON.stringify(found));`,
  );
}

it('every built-in module of Node is provided or missing as listed, with the reason', async () => {
  const names = builtinModules.map((name) => name.replace(/^node:/, '')).filter((name) => !name.startsWith('_'));
  const listed = lacking('module', 'javascript').filter((lack) => namesOf([lack]).some((name) => names.includes(name)));
  const all = [...new Set([...names, ...namesOf(listed)])];
  const found = await loadInJavascript(all.map((name) => `node:${name}`));
  const loaded = all.filter((name) => found[`node:${name}`] === '');
  expect(loaded.sort()).toEqual([...provided('module', 'javascript')].sort());
  expect(all.filter((name) => found[`node:${name}`] !== '').sort()).toEqual(namesOf(listed).sort());
  const messages = Object.fromEntries(all.map((name) => [name, found[`node:${name}`] ?? '']));
  expect(unexplained(listed, messages)).toEqual([]);
});

it('an import of a missing Node module fails with the same reason as require, with and without the prefix', async () => {
  const { stdout } = await run(
    'javascript',
    `for (const name of ['http', 'node:http', 'domain', 'node:test', 'test', 'node:nothing'])
  await import(name).catch((error) => console.log(error.message));`,
  );
  expect(stdout.split('\n').slice(0, 4)).toEqual([
    'node:http is not available: the sandbox has no network',
    'node:http is not available: the sandbox has no network',
    'node:domain is not available: it is not part of the sandbox',
    'node:test is not available: it is not part of the sandbox',
  ]);
  expect(stdout).toContain("Cannot find package 'test'");
  expect(stdout).toContain('node:nothing is not available: it is not part of the sandbox');
});

it('npm packages cannot be loaded', async () => {
  const names = ['axios', 'node-fetch', 'express', 'ws', 'lodash'];
  const found = await loadInJavascript(names);
  for (const name of names) expect(found[name]).toContain(`Cannot find module '${name}'`);
});

it('a missing command ends with exit code 127, and a provided command exists', { timeout: 60_000 }, async () => {
  const missing = namesOf(lacking('command')).filter((name) => name !== '*');
  const script = missing.map((name) => `${name} >/dev/null 2>&1 </dev/null; [ $? = 127 ] || echo "${name}"`).join('\n');
  expect((await run('bash', script)).output).toBe('');
  const check = provided('command').map((name) => `command -v ${name} >/dev/null || echo "${name}"`);
  expect((await run('bash', check.join('\n'))).output).toBe('');
});

/** The programs of GNU coreutils, findutils, diffutils, grep, sed and gawk, and tools of other common packages. */
const COMMON_TOOLS = [
  'arch b2sum base32 base64 basename basenc cat chcon chgrp chmod chown chroot cksum comm cp csplit cut date dd df dir dircolors dirname',
  'du echo env expand expr factor false fmt fold groups head hostid id install join kill link ln logname ls md5sum mkdir mkfifo mknod',
  'mktemp mv nice nl nohup nproc numfmt od paste pathchk pinky pr printenv printf ptx pwd readlink realpath rm rmdir runcon seq sha1sum',
  'sha224sum sha256sum sha384sum sha512sum shred shuf sleep sort split stat stdbuf stty sum sync tac tail tee test timeout touch tr true',
  'truncate tsort tty uname unexpand uniq unlink users vdir wc who whoami yes find xargs locate updatedb cmp diff diff3 sdiff grep egrep',
  'fgrep sed awk gawk tar gzip gunzip zcat bzip2 xz zip unzip jq bc dc curl wget git make gcc python3 pip node npm perl ruby sqlite3 ps top',
  'less more man vi nano file tree column rev strings xxd hexdump which time openssl sudo su ssh',
].flatMap((line) => line.split(' '));

it('every common tool is provided, a builtin of the shell, or listed as missing', async () => {
  const known = new Set([...provided('command'), ...namesOf(lacking('command')), 'test', 'time']);
  expect(COMMON_TOOLS.filter((name) => !known.has(name))).toEqual([]);
});

it.each([
  { language: 'sh', name: 'coproc', code: 'coproc cat', exitCode: 2 },
  { language: 'sh', name: 'select', code: 'select x in a; do :; done', exitCode: 2 },
  { language: 'sh', name: 'trap ERR', code: 'trap : ERR; true', exitCode: 2 },
  { language: 'sh', name: '/dev/tcp', code: 'exec 3<>/dev/tcp/localhost/80', exitCode: 1 },
  { language: 'sh', name: '/dev/udp', code: 'exec 3<>/dev/udp/localhost/80', exitCode: 1 },
  { language: 'javascript', name: 'JSX', code: 'const x = <div/>;', exitCode: 1 },
  { language: 'javascript', name: 'decorators', code: 'class A { @dec m() {} }', exitCode: 1 },
  { language: 'typescript', name: 'enum', code: 'enum A { B }', exitCode: null },
  { language: 'typescript', name: 'namespace', code: 'namespace N { export const a = 1; }', exitCode: null },
  { language: 'typescript', name: 'parameter properties', code: 'class A { constructor(readonly a: number) {} }', exitCode: null },
])('$language: $name fails', async ({ language, name, code, exitCode }) => {
  expect(namesOf(lacking('feature', language))).toContain(name);
  expect(await run(language, code)).toMatchObject({ outcome: exitCode === null ? 'refused' : 'failed', exitCode });
});

it('the missing globals of JavaScript are undefined or refuse to be used', async () => {
  const names = namesOf(lacking('feature', 'javascript')).filter((name) => !['JSX', 'decorators'].includes(name));
  const code = `for (const name of ${JSON.stringify(names)}) {
  const value = globalThis[name];
  if (value === undefined) continue;
  try { new value('x'); console.log(name); } catch (error) { if (error.code !== 'ERR_SANDBOX') console.log(name, error); }
}`;
  expect((await run('javascript', code)).output).toBe('');
});

it('the shell waits for a command in the background', async () => {
  expect((await run('sh', '(sleep 0.2; echo first) & echo second')).stdout).toBe('first\nsecond\n');
});

it.each([
  ['python', 'import subprocess; subprocess.run(["ls"])', 'cannot start other programs'],
  ['python', 'import threading; threading.Thread(target=print).start()', 'the sandbox has one thread only'],
  ['python', 'import urllib.request; urllib.request.urlopen("https://example.com")', 'The sandbox has no network'],
  ['javascript', 'await fetch("https://example.com")', 'the sandbox has no network'],
])('%s: %s fails with the reason of the list', async (language, code, message) => {
  const { outcome, stderr } = await run(language, code);
  expect(outcome).toBe('failed');
  expect(stderr).toContain(message);
});
