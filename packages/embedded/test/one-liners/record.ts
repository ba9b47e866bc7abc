// Records what the real bash, Node and Python of this machine print for each program in the lists:
//   node packages/embedded/test/one-liners/record.ts [LIST...]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CALLS, LISTS, type OneLiner, type ProgramLanguage } from './one-liners.ts';

const files = JSON.parse(readFileSync(join(import.meta.dirname, 'files.json'), 'utf8')) as Record<string, string>;

function run(code: string, language: ProgramLanguage): Pick<OneLiner, 'stdout' | 'exitCode'> {
  const cwd = mkdtempSync(join(tmpdir(), 'one-liner-'));
  const [interpreter, script] = CALLS[language];
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, name)), { recursive: true });
      writeFileSync(join(cwd, name), content, { mode: 0o644 });
    }
    writeFileSync(join(cwd, script), `${code}\n`);
    const env = { PATH: process.env['PATH'], HOME: cwd, LANG: 'C.UTF-8', TZ: 'UTC' };
    const program = language === 'javascript' ? process.execPath : interpreter;
    const { stdout, status } = spawnSync(program, [script], { cwd, env, encoding: 'utf8', input: '', timeout: 15_000 });
    return { stdout: stdout.replaceAll(cwd, '/workspace'), exitCode: status ?? -1 };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

const wanted = process.argv.slice(2);
for (const [list, language] of Object.entries(LISTS)) {
  if (wanted.length > 0 && !wanted.includes(list)) continue;
  const recorded = join(import.meta.dirname, list);
  const programs = JSON.parse(readFileSync(recorded, 'utf8')) as readonly OneLiner[];
  const results = programs.map((program) => ({ ...program, ...run(program.code, language) }));
  writeFileSync(recorded, `${JSON.stringify(results, null, 2)}\n`);
}
