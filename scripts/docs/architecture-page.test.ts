import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const CONTRACTS: Readonly<Record<string, readonly string[]>> = {
  'capabilities.ts': ['SandboxCapabilities', 'ExecutorCapabilities'],
  'code-executor.ts': ['CodeExecutor', 'ExecuteOptions'],
  'code-result.ts': ['BlockResult', 'CodeResult', 'RichResult'],
  'files.ts': ['SandboxFiles'],
  'process.ts': ['SandboxProcess'],
  'sandbox-provider.ts': ['SandboxProvider', 'CreateOptions'],
  'sandbox.ts': ['Sandbox'],
};

const core = join(import.meta.dirname, '../../packages/core/src');
const page = readFileSync(join(import.meta.dirname, '../../docs/architecture.md'), 'utf8');
const sketches = [...sectionOf('Contracts').matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text).join('\n');

function sectionOf(heading: string): string {
  return page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
}

/** Returns the names of an interface's members, in order. */
function membersOf(source: string, name: string): string[] {
  const body = new RegExp(`^export interface ${name}\\b[^{]*\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(source)?.[1] ?? '';
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??[:(]/gm)].map(([, member = '']) => member);
}

/** Returns the sketch of an interface with methods, or of a type whose members are in a single pair of braces. */
function sketchOf(name: string): string {
  const place = name === 'CreateOptions' ? 'SandboxProvider' : name;
  const pattern = new RegExp(`^interface ${place}\\b[^\\n]*\\{\\n([\\s\\S]*?)^\\}|^${place} +\\{([\\s\\S]*?)\\}$`, 'm');
  const [, ofInterface, ofType] = pattern.exec(sketches) ?? [];
  return ofInterface ?? ofType ?? '';
}

test.each(Object.entries(CONTRACTS))('the sketches of docs/architecture.md have every member of the contracts in %s', (file, names) => {
  const source = readFileSync(join(core, 'contract', file), 'utf8');
  for (const name of names) {
    const members = membersOf(source, name);
    expect(members.length, name).toBeGreaterThan(2);
    const words: readonly string[] = sketchOf(name).match(/\w+/g) ?? [];
    expect(
      members.filter((member) => !words.includes(member)),
      name,
    ).toEqual([]);
  }
});

test.each(['CodeResult', 'BlockResult', 'RichResult'])(
  'the sketch of %s in docs/architecture.md has no member that the contract lacks',
  (name) => {
    const members = membersOf(readFileSync(join(core, 'contract/code-result.ts'), 'utf8'), name);
    const words: readonly string[] = sketchOf(name).match(/\w+/g) ?? [];
    expect(words.filter((word) => !members.includes(word))).toEqual([]);
  },
);

test('docs/architecture.md has one row for each folder of core', () => {
  const folders = readdirSync(core, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const rows = [...page.matchAll(/^\| `([\w-]+)` \| /gm)].map(([, folder]) => folder);
  expect(folders.map(({ name }) => name).filter((name) => !rows.includes(name))).toEqual([]);
});
