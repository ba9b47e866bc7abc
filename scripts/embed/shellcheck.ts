import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A finding of shellcheck, with the file and the line. */
interface Finding {
  readonly line: number;
  readonly column: number;
  readonly level: string;
  readonly code: number;
  readonly message: string;
}

export interface ShellProgram {
  /** Relative to the root. The text of all of them, joined, is one program: variables of one file are used in the next. */
  readonly files: readonly string[];
  readonly dialect: 'sh' | 'bash';
}

/**
 * All findings of shellcheck in a program, one line each.
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
