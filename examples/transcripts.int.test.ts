import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const transcripts = join(import.meta.dirname, 'transcripts');
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'sandpod-transcripts-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs `sandpod` with both streams in one file, as on a terminal. Durations are replaced because they vary. */
async function transcribe(command: string): Promise<string> {
  const words = command.replace('RESULTS', join(directory, 'results')).match(/"[^"]*"|\S+/g) ?? [];
  const args = words.map((word) => word.replaceAll('"', ''));
  const file = join(directory, 'output.txt');
  const output = openSync(file, 'w');
  const argv = ['packages/cli/dist/main.js', ...args];
  const child = spawn(process.execPath, argv, { cwd: root, stdio: ['ignore', output, output] });
  const exitCode = await new Promise((resolve) => child.on('close', resolve));
  return withoutDurations(`$ sandpod ${command}\n${readFileSync(file, 'utf8')}(exit code ${exitCode})\n`);
}

function withoutDurations(text: string): string {
  return text.replaceAll(/after (\d+ min )?[\d.]+ m?s\b/g, 'after …');
}

test.for(readdirSync(transcripts))('%s is what sandpod prints', async (name) => {
  const expected = readFileSync(join(transcripts, name), 'utf8');
  const command = /^\$ sandpod (.*)$/m.exec(expected)?.[1] ?? '';
  expect(await transcribe(command)).toBe(withoutDurations(expected));
});
