import { spawnSync } from 'node:child_process';
import { beforeAll, expect, test } from 'vitest';
import { runGuestProgram } from '../../test/run-guest-program.ts';
import type { GuestProgram } from '../guest/guest-contract.ts';
import { loadJavascriptEngine } from './javascript-engine.ts';
import { createJavascriptProgram } from './javascript-program.ts';

let program: GuestProgram;
beforeAll(async () => {
  program = createJavascriptProgram(await loadJavascriptEngine());
});

const stdin = 'one\ntwo words\n\nlast é';

// Node runs each program with the same input. Both must print the same.
test.each([
  `process.stdin.on('readable', () => { let c; while ((c = process.stdin.read()) !== null) process.stdout.write('[' + c + ']') }).on('end', () => console.log('end'))`,
  `process.stdin.pipe(process.stdout)`,
  `const rl = require('readline').createInterface({ input: process.stdin, output: process.stdout }); rl.question('a? ', (a) => { rl.question('b? ', (b) => { console.log(a, '|', b); rl.close() }) })`,
  `const rl = require('readline').createInterface({ input: process.stdin }); let n = 0; rl.on('line', (l) => console.log(++n, l)); rl.on('close', () => console.log('closed', n))`,
  `const rl = require('readline').createInterface({ input: process.stdin }); (async () => { for await (const l of rl) { console.log('>', l); if (l === 'two words') break } console.log('after') })()`,
  `process.stdin.resume(); process.stdin.once('data', (d) => { console.log(String(d).split('\\n')[0]); process.stdin.pause() })`,
  `process.stdout.write('a', () => console.log('written')); console.log('b'); process.on('exit', () => process.stdout.write('bye\\n'))`,
  `const { Transform } = require('stream'); process.stdin.pipe(new Transform({ transform(c, e, done) { done(null, String(c).toUpperCase()) } })).pipe(process.stdout)`,
  `let i = 0; (function more() { while (i < 3) { i++; if (!process.stdout.write('z'.repeat(20000) + '\\n')) { process.stdout.once('drain', more); return } } console.log('done') })()`,
])('%s', async (code) => {
  const real = spawnSync(process.execPath, ['-e', code], { input: stdin, encoding: 'utf8' });
  const ours = await runGuestProgram(program, { argv: ['node', '-e', code], options: { stdin } });
  expect(ours).toMatchObject({ stdout: real.stdout, stderr: '', exitCode: real.status });
});

test('the clock of a program starts with the program', async () => {
  const code = `console.log(performance.now() >= 0 && performance.now() < 60_000, Math.abs(performance.timeOrigin - Date.now()) < 60_000)`;
  expect((await runGuestProgram(program, { argv: ['node', '-e', code] })).stdout).toBe('true true\n');
});
