// Records what the real bash and tools of this machine print for each program in one-liners.json:
//   node packages/embedded/test/one-liners/record.ts
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { OneLiner } from './one-liners.ts';

const recorded = join(import.meta.dirname, 'one-liners.json');
const files = JSON.parse(readFileSync(join(import.meta.dirname, 'files.json'), 'utf8')) as Record<string, string>;

function run(code: string): Pick<OneLiner, 'stdout' | 'exitCode'> {
  const cwd = mkdtempSync(join(tmpdir(), 'one-liner-'));
  const script = join(cwd, '.program.sh');
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(cwd, name)), { recursive: true });
      writeFileSync(join(cwd, name), content, { mode: 0o644 });
    }
    writeFileSync(script, `${code}\n`);
    const env = { PATH: process.env['PATH'], HOME: cwd, LANG: 'C.UTF-8', TZ: 'UTC' };
    const { stdout, status } = spawnSync('bash', ['.program.sh'], { cwd, env, encoding: 'utf8', input: '', timeout: 15_000 });
    return { stdout: stdout.replaceAll(cwd, '/workspace'), exitCode: status ?? -1 };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

const programs = JSON.parse(readFileSync(recorded, 'utf8')) as readonly OneLiner[];
const result = programs.map((program) => ({ ...program, ...run(program.code) }));
writeFileSync(recorded, `${JSON.stringify(result, null, 2)}\n`);
