import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A finding in the JSON output of shellcheck. */
interface Finding {
  readonly line: number;
  readonly column: number;
  readonly level: string;
  readonly code: number;
  readonly message: string;
}

export interface ShellProgram {
  /** Paths relative to the root. The files together are one program, so a file may use variables from the files before it. */
  readonly files: readonly string[];
  readonly dialect: 'sh' | 'bash';
}

/**
 * Returns all findings of shellcheck in a program, one line each.
 *
 * @throws if shellcheck is not installed.
 */
export function shellcheck(root: string, program: ShellProgram): string[] {
  const texts = program.files.map((file) => readFileSync(join(root, file), 'utf8'));
  const { stdout, stderr, error } = spawnSync('shellcheck', ['--shell', program.dialect, '--format', 'json1', '-'], {
    input: texts.join(''),
    encoding: 'utf8',
  });
  if (error !== undefined) {
    const isMissing = 'code' in error && error.code === 'ENOENT';
    throw isMissing ? new Error('shellcheck is not installed; on Debian: apt-get install shellcheck') : error;
  }
  if (stdout === '') throw new Error(`shellcheck failed: ${stderr}`);
  const { comments } = JSON.parse(stdout) as { readonly comments: readonly Finding[] };
  const places = texts.flatMap((text, index) =>
    text
      .split('\n')
      .slice(0, -1)
      .map((_, line) => `${program.files[index]}:${line + 1}`),
  );
  return comments.map(({ line, column, level, code, message }) => `${places[line - 1]}:${column} ${level} SC${code}: ${message}`);
}
