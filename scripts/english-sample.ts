import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** Prints the sample for the count that docs/style.md describes. The script does not judge the text. */
interface Item {
  readonly place: string;
  readonly text: string;
}

const SIZE = 60;
const SKIPPED_PAGES = /(?:^|\/)(?:CHANGELOG|conformance)\.md$|^examples\//;
const SOURCES = /^(?:packages|apps)\/[^/]+\/src\/.*\.ts$/;
const TESTS = /\.test\.ts$|\/test\/|\/fixtures\//;
const root = join(import.meta.dirname, '..');

const { values } = parseArgs({ options: { offset: { type: 'string', default: '0' } } });
const offset = Number(values.offset);
if (!(offset >= 0 && offset < 1)) throw new Error(`--offset: expected a number from 0 up to 1, given ${values.offset}`);

const paths = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').toSorted();
const pages = paths.filter((path) => path.endsWith('.md') && !SKIPPED_PAGES.test(path));
const sources = paths.filter((path) => SOURCES.test(path) && !TESTS.test(path));

printSample('docs lines', pages.flatMap(proseLines));
printSample('docstrings', sources.flatMap(docstrings));
printSample('messages', sources.flatMap(messages));

/** Returns the lines of a page that have at least four words, except code, headings, separators and front matter. */
function proseLines(path: string): Item[] {
  const text = read(path).replaceAll(/^ *(`{3,})[\s\S]*?^ *\1$|^---$[\s\S]*?^---$/gm, blank);
  const lines = text.split('\n').map((line, index) => ({ place: `${path}:${index + 1}`, text: line.trim() }));
  return lines.filter((line) => !/^(?:#|<|!\[)/.test(line.text) && hasWords(line.text));
}

/** Returns the comments directly above an export or a public member of an export. */
function docstrings(path: string): Item[] {
  const matches = read(path).matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:export|readonly|[a-z]\w*[?(:])/g);
  return [...matches].map(({ index, 1: text = '' }) => ({ place: placeOf(path, index), text: squeeze(text.replaceAll(/^\s*\*/gm, '')) }));
}

/** Returns the string literals that read like sentences. */
function messages(path: string): Item[] {
  const code = read(path).replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|^import .*$/gm, blank);
  const literals = [...code.matchAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g)];
  return literals.map(({ index, 0: text }) => ({ place: placeOf(path, index), text: squeeze(text) })).filter(({ text }) => hasWords(text));
}

function printSample(title: string, items: readonly Item[]): void {
  const step = items.length / SIZE;
  console.log(`\n# ${title}: ${SIZE} of ${items.length}, offset ${offset}`);
  for (let index = 0; index < SIZE; index += 1) {
    const item = items[Math.floor((index + offset) * step)];
    if (item !== undefined) console.log(`${index + 1}. ${item.place}  ${item.text}`);
  }
}

function hasWords(text: string): boolean {
  return /(?:[A-Za-z][a-z']* ){3,}[a-z]/.test(text);
}

function placeOf(path: string, index: number | undefined): string {
  return `${path}:${read(path).slice(0, index).split('\n').length}`;
}

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function squeeze(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}
