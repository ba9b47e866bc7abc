import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
const reporter = join(import.meta.dirname, 'report-totals.ts');
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sandpod-report-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function run(source: string, ci: string, ...more: readonly string[]): Promise<{ exitCode: number; lines: string[] }> {
  await writeFile(join(directory, 'a.test.js'), source);
  const args = [vitest, 'run', '--root', directory, '--globals', '--reporter', reporter, ...more];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { env: { ...process.env, CI: ci } }, (_error, stdout) => {
      resolve({ exitCode: child.exitCode ?? -1, lines: stdout.trimEnd().split('\n') });
    });
  });
}

test('a run in which all tests pass ends with the totals and code 0', async () => {
  const { exitCode, lines } = await run("test('a', () => {}); test('b', () => {});", 'true');
  expect(lines.at(-1)).toBe('2 passed, 0 failed');
  expect(exitCode).toBe(0);
});

test('a failing test, an error of no test and a file that does not load are failures', async () => {
  const failing = await run("describe('d', () => test('a', () => { throw new Error('x\\ny'); }));", '');
  expect([failing.exitCode, ...failing.lines.slice(-2)]).toEqual([1, 'failed: a.test.js > d > a: x y', '0 passed, 1 failed']);
  const unhandled = await run("test('a', () => { Promise.reject(new Error('x')); });", '');
  expect([unhandled.exitCode, ...unhandled.lines.slice(-2)]).toEqual([1, 'failed: outside tests: x', '1 passed, 1 failed']);
  const unloaded = await run("throw new Error('x');", '');
  expect([unloaded.exitCode, ...unloaded.lines.slice(-2)]).toEqual([1, 'failed: a.test.js: x', '0 passed, 1 failed']);
});

test('a skipped test and a todo are named, and fail the run where CI is true', async () => {
  const source = "test('a', () => {}); test('b', (c) => c.skip('no docker')); test.todo('c');";
  const strict = await run(source, 'true');
  expect(strict.exitCode).toBe(1);
  expect(strict.lines.slice(-3)).toEqual([
    'not run, counted as failed: a.test.js > b (no docker)',
    'not run, counted as failed: a.test.js > c (todo)',
    '1 passed, 2 failed',
  ]);
  const relaxed = await run(source, '');
  expect([relaxed.exitCode, relaxed.lines.at(-1)]).toEqual([0, '1 passed, 0 failed']);
});

test('a suite without tests is named and fails every run', async () => {
  const { exitCode, lines } = await run("test('a', () => {}); describe('d', () => {});", '');
  expect(exitCode).toBe(1);
  expect(lines.slice(-2)).toEqual(['no tests in it, counted as failed: a.test.js > d', '1 passed, 1 failed']);
});

test('a test that passes at its second attempt is named with its first error; more than three of them fail the run', async () => {
  const flaky = (count: number): string =>
    `for (let i = 0; i < ${count}; i += 1) { let tries = 0; test('t' + i, () => { if (tries++ === 0) throw new Error('busy'); }); }`;
  const some = await run(flaky(3), 'true', '--retry', '1');
  expect([some.exitCode, ...some.lines.slice(-2)]).toEqual([0, 'passed at the second attempt: a.test.js > t2: busy', '3 passed, 0 failed']);
  const many = await run(flaky(4), 'true', '--retry', '1');
  expect([many.exitCode, ...many.lines.slice(-2)]).toEqual([
    1,
    'passed at the second attempt, counted as failed: a.test.js > t3: busy',
    '0 passed, 4 failed',
  ]);
  const never = await run("test('a', () => { throw new Error('broken'); });", 'true', '--retry', '1');
  expect([never.exitCode, never.lines.at(-1)]).toEqual([1, '0 passed, 1 failed']);
});
