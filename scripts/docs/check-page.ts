import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fillEnvironment } from './environment-tables.ts';
import { fillFences, readFences } from './fences.ts';

export interface PageOptions {
  readonly root: string;
  /** Path relative to the root. */
  readonly path: string;
  readonly text: string;
}

/** Returns the page. Each fence that has a marker with a file name contains the text of that file, and marked sections contain their lists. */
export function fillPage({ root, text }: PageOptions): string {
  return fillEnvironment(fillFences(text, (source) => readFileSync(join(root, source), 'utf8')));
}

/** Returns all problems in a page, one sentence each. */
export function checkPage(options: PageOptions): string[] {
  return [...checkFences(options), ...checkLinks(options)].map((problem) => `${options.path} ${problem}`);
}

function checkFences(options: PageOptions): string[] {
  const fences = readFences(options.text);
  const unchecked = fences.filter(
    ({ language, source }) => language === 'ts' && source === undefined && !options.path.startsWith('packages/'),
  );
  const missing = fences.filter(({ source }) => source !== undefined && !existsSync(join(options.root, source)));
  const problems = [
    ...unchecked.map(({ line }) => `line ${line}: this TypeScript has no "<!-- examples/… -->" line above it, so nothing checks it`),
    ...missing.map(({ line, source }) => `line ${line}: ${source} does not exist`),
  ];
  if (missing.length === 0 && fillPage(options) !== options.text)
    problems.push('differs from the files and lists it shows: run node scripts/check-docs.ts --write');
  return problems;
}

function checkLinks({ root, path, text }: PageOptions): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');
  const targets = [...prose.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '');
  const local = targets.filter((target) => !/^[a-z]+:/.test(target));
  return local
    .filter((target) => !existsSync(join(root, dirname(path), target)))
    .map((target) => `links to ${target}, which does not exist`);
}
