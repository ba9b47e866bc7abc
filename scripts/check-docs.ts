import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPage, fillPage } from './docs/check-page.ts';

const DESIGN_PAGES = /^docs\/(?:architecture\.md|decisions\/)/;
const root = join(import.meta.dirname, '..');
const isWriting = process.argv.includes('--write');

const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
});
const paths = [
  ...new Set(tracked.split('\0').filter((path) => /^(?:docs\/|packages\/[^/]+\/|[^/]+$)/.test(path) && !DESIGN_PAGES.test(path))),
];
const problems = paths.flatMap((path) => {
  const file = join(root, path);
  if (isWriting) writeFileSync(file, fillPage({ root, path, text: readFileSync(file, 'utf8') }));
  return checkPage({ root, path, text: readFileSync(file, 'utf8') });
});

for (const problem of problems) console.error(problem);
console.log(`docs: ${paths.length} pages, ${problems.length} problems`);
if (problems.length > 0) process.exitCode = 1;
