import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const PACKAGE = join(import.meta.dirname, '..');
const SUB_PATHS = ['ai-sdk', 'langchain', 'deepagents', 'mcp', 'chat', 'adk'];

interface Manifest {
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly publishConfig: { readonly exports: Readonly<Record<string, Readonly<Record<string, string>>>> };
}

const manifest = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8')) as Manifest;
let directory: string;

/** Installs the published form of this package and its dependencies, without the frameworks. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sandpod-peers-'));
  const installed = join(directory, 'node_modules/@sandpod/agents');
  await mkdir(installed, { recursive: true });
  await cp(join(PACKAGE, 'dist'), join(installed, 'dist'), { recursive: true });
  await writeFile(join(installed, 'package.json'), JSON.stringify({ ...manifest, ...manifest.publishConfig }));
  await link('@sandpod/core');
  await link('zod');
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function link(name: string): Promise<void> {
  const path = join(directory, 'node_modules', name);
  await mkdir(dirname(path), { recursive: true });
  await symlink(join(PACKAGE, 'node_modules', name), path);
}

/** Imports a sub-path in a new process. Returns the message of the error, or the names that it exports. */
async function load(subPath: string): Promise<string> {
  const code = `import('@sandpod/agents/${subPath}').then((m) => Object.keys(m).sort().join(' '), (e) => e.message).then(console.log)`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', code], { cwd: directory });
  return stdout.trim();
}

describe('without the framework', () => {
  test.each(SUB_PATHS)('%s fails with one sentence and the command that installs what is missing', async (subPath) => {
    const [, name = '', command = ''] =
      (await load(subPath)).match(
        /^@sandpod\/agents\/\S+ needs the package (\S+), which is not installed\. Install it with: npm install (.+)$/,
      ) ?? [];
    expect(Object.keys(manifest.peerDependencies)).toContain(name);
    for (const peer of command.split(' ')) {
      const [, peerName = '', major] = /^(.+)@(\d+)$/.exec(peer) ?? [];
      expect(manifest.peerDependencies[peerName]).toMatch(new RegExp(`^\\^${major}\\.`));
    }
  });
});

test('with the framework, a sub-path loads', async () => {
  await link('ai');
  expect(await load('ai-sdk')).toBe('CODE_TOOL_NAME bashTool codeTool fileTools');
});

test.each(SUB_PATHS)('%s exports the same for Node as for bundlers', async (subPath) => {
  const [guarded, plain] = await Promise.all([import(`../src/${subPath}/guarded.ts`), import(`../src/${subPath}/index.ts`)]);
  expect({ ...guarded }).toEqual({ ...plain });
  expect(Object.keys(guarded).sort()).toEqual(Object.keys(plain).sort());
});
