import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The result of one removal. */
export interface Removed {
  readonly protects: string;
  readonly file: string;
  /** The name of the first test that failed, or undefined if none did. */
  readonly failed: string | undefined;
  /** The day, as `2026-12-31`. */
  readonly date: string;
}

const RECORD = 'scripts/protections/record.md';
const SURVIVED = '**none**';
const HEAD = `# Removed protections

\`node scripts/remove-protections.ts\` removes each protection once, in a separate worktree, runs its tests and
writes this page. The last column contains the first test that failed.

| protection | file | date | test that failed |
|---|---|---|---|
`;

export function readRecord(root: string): Removed[] {
  const path = join(root, RECORD);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, protects = '', file = '', date = '', failed = ''] = line.split(/ ?(?<!\\)\| ?/);
      if (!file.startsWith('`')) return [];
      return [
        { protects: protects.replaceAll('\\|', '|'), file: file.slice(1, -1), date, failed: failed === SURVIVED ? undefined : failed },
      ];
    });
}

/** Writes the results, sorted by protection. A new result replaces the earlier result of the same protection. */
export function writeRecord(root: string, results: readonly Removed[]): void {
  const byName = new Map([...readRecord(root), ...results].map((result) => [result.protects, result]));
  const cell = (text: string): string => text.replaceAll('\\|', '|').replaceAll('|', '\\|');
  const rows = [...byName.values()]
    .sort((one, other) => (one.protects < other.protects ? -1 : 1))
    .map(({ protects, file, date, failed = SURVIVED }) => `| ${cell(protects)} | \`${file}\` | ${date} | ${cell(failed)} |\n`);
  writeFileSync(join(root, RECORD), HEAD + rows.join(''));
}
