import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkPage, fillPage } from './check-page.ts';

const page = (code: string): string =>
  `# A\n\n<!-- examples/a.ts -->\n\`\`\`ts\n${code}\n\`\`\`\n\nSee [b](b.md#part) and [c](https://example.com/c).\n`;
let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'sandpod-docs-'));
  mkdirSync(join(root, 'examples'));
  mkdirSync(join(root, 'docs'));
  writeFileSync(join(root, 'examples/a.ts'), "const a = 1;\n\nconsole.log(a, '$&');\n");
  writeFileSync(join(root, 'docs/b.md'), '');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const check = (text: string): string => checkPage({ root, path: 'docs/x.md', text }).join('\n');

test('a page that shows its file exactly and links to what exists passes', () => {
  expect(check(page("const a = 1;\n\nconsole.log(a, '$&');"))).toBe('');
});

test('a fence that differs from its file is refused, and filling mends it', () => {
  expect(check(page('const a = 2;'))).toContain('differs from the files and lists it shows');
  const filled = fillPage({ root, path: 'docs/x.md', text: page('const a = 2;') });
  expect(filled).toBe(page("const a = 1;\n\nconsole.log(a, '$&');"));
});

test('an empty fence is filled', () => {
  expect(fillPage({ root, path: 'docs/x.md', text: '<!-- examples/a.ts -->\n```ts\n```\n' })).toContain('const a = 1;');
});

test('a list of the environment that is not up to date is refused, and filling it in corrects the page', () => {
  const text = '# A\n\n<!-- environment: missing commands -->\nold\n<!-- end -->\n\nEnd.\n';
  expect(check(text)).toContain('differs from the files and lists it shows');
  const filled = fillPage({ root, path: 'docs/x.md', text });
  expect(filled).toMatch(/^\| `bc`, .*\| .* \|$/m);
  expect(filled).not.toContain('old');
  expect(filled.endsWith('<!-- end -->\n\nEnd.\n')).toBe(true);
  expect(check(filled)).toBe('');
});

test('a list of the environment that does not exist is refused', () => {
  expect(() => check('<!-- environment: nothing -->\n<!-- end -->\n')).toThrow('nothing');
});

test('TypeScript that no file stands for, a missing file and a dead link are refused', () => {
  expect(check('```ts\nconst a = 1;\n```\n')).toContain('line 1: this TypeScript has no');
  expect(check('<!-- examples/none.ts -->\n```ts\n```\n')).toContain('examples/none.ts does not exist');
  expect(check('[dead](dead.md)')).toContain('links to dead.md, which does not exist');
});

test('a link in code is no link', () => {
  expect(check('`[dead](dead.md)`\n\n```sh\n[dead](dead.md)\n```\n')).toBe('');
});
