import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { embedModule, unusedScripts } from './embed-module.ts';

function folderWith(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'sandpod-embed-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  return root;
}

async function constantsOf(text: string): Promise<Record<string, string>> {
  return (await import(`data:text/javascript,${encodeURIComponent(text.replaceAll(': string', ''))}`)) as Record<string, string>;
}

test('a constant is the text of its files, joined in the given order', async () => {
  const root = folderWith({ 'a.py': 'if True:\n    print("`${x}\\n")\n', 'b.py': '# kept\n' });
  const text = embedModule(root, { folder: '.', out: 'out.ts', constants: { BOTH: ['b.py', 'a.py'], ONE: ['b.py'] } });
  expect(await constantsOf(text)).toMatchObject({ BOTH: '# kept\nif True:\n    print("`${x}\\n")\n', ONE: '# kept\n' });
});

test('shell scripts lose comments, indentation and empty lines', async () => {
  const root = folderWith({ 'a.sh': '# A comment.\n\nif true; then\n  # Another one.\n  echo "# $1" # kept\nfi\n' });
  const text = embedModule(root, { folder: '.', out: 'out.ts', constants: { A: ['a.sh'] } });
  expect(await constantsOf(text)).toMatchObject({ A: 'if true; then\necho "# $1" # kept\nfi\n' });
});

test('a here-document is refused', () => {
  const root = folderWith({ 'a.sh': 'cat <<END\n  text\nEND\n' });
  expect(() => embedModule(root, { folder: '.', out: 'out.ts', constants: { A: ['a.sh'] } })).toThrow('a.sh has a here-document');
});

test('scripts that no constant includes are found', () => {
  const root = folderWith({ 'a.sh': '', 'b.py': '', 'out.ts': '' });
  expect(unusedScripts(root, { folder: '.', out: 'out.ts', constants: { A: ['a.sh'] } })).toEqual(['b.py']);
});
