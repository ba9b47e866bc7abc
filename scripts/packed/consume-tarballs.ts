import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tarball } from './pack-packages.ts';
import { runProgram } from './run-program.ts';

const OLDEST_NODE = '22.19.0';

const ANSWER = `Two blocks.

\`\`\`python
import json, sys
open('made.json', 'w').write(json.dumps({'sum': sum(range(10))}))
print('python', sys.version_info.major)
\`\`\`

\`\`\`sh
cat made.json
\`\`\`
`;

export const PROGRAM = `import { createExecutor } from '@sandpod/sandpod';
const executor = await createExecutor('embedded');
const result = await executor.runCode('print(6 * 7)');
console.log(result.outcome, result.stdout.trim());
await executor.stop();
`;

/**
 * Installs the tarballs as a user would, and checks the types. Runs the library and the command on this Node and on the oldest supported
 * Node. Returns both versions.
 */
export async function consumeTarballs(options: {
  readonly tarballs: readonly Tarball[];
  readonly directory: string;
  readonly root: string;
}): Promise<string[]> {
  const { tarballs, directory, root } = options;
  await writeProject(options);
  await npmInstall(
    directory,
    tarballs.map((tarball) => tarball.file),
  );
  await runProgram([join(root, 'node_modules/.bin/tsc'), '-p', '.'], { cwd: directory });
  const oldest = join(directory, 'oldest');
  await mkdir(oldest);
  await writeFile(join(oldest, 'package.json'), '{ "private": true }');
  await npmInstall(oldest, [`node@${OLDEST_NODE}`]);
  const programs = [process.execPath, join(oldest, 'node_modules/node/bin/node')];
  const versions: string[] = [];
  for (const node of programs) versions.push(await useWith(node, directory));
  return versions;
}

async function writeProject({ directory, root }: { readonly directory: string; readonly root: string }): Promise<void> {
  const quickStart = join(root, 'examples/quick-start');
  const { compilerOptions } = JSON.parse(await readFile(join(quickStart, 'tsconfig.json'), 'utf8')) as { compilerOptions: object };
  const typeRoots = [join(root, 'node_modules/@types')];
  const files = {
    'package.json': await readFile(join(quickStart, 'package.json'), 'utf8'),
    'answer.md': ANSWER,
    'first-program.ts': await readFile(join(root, 'examples/snippets/first-program.ts'), 'utf8'),
    'program.mjs': PROGRAM,
    'tsconfig.json': JSON.stringify({
      compilerOptions: { ...compilerOptions, skipLibCheck: false, typeRoots },
      files: ['first-program.ts'],
    }),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
}

export async function npmInstall(cwd: string, specifiers: readonly string[]): Promise<void> {
  await runProgram(['npm', 'install', '--no-audit', '--no-fund', '--no-package-lock', ...specifiers], { cwd });
}

async function useWith(node: string, cwd: string): Promise<string> {
  const version = (await runProgram([node, '--version'], { cwd })).trim();
  const document = JSON.parse(
    await runProgram([node, 'node_modules/@sandpod/cli/dist/main.js', 'run', '--json', 'answer.md'], { cwd }),
  ) as { stdout: string };
  expectEqual(`sandpod run on ${version}`, document.stdout, 'python 3\n{"sum": 45}');
  expectEqual(`createExecutor on ${version}`, await runProgram([node, 'program.mjs'], { cwd }), 'ok 42\n');
  const quickStart = await runProgram([node, 'dist/first-program.js'], { cwd });
  expectEqual(`the quick start on ${version}`, quickStart, 'ok 0\nhello from Python 42\n');
  return version;
}

export function expectEqual(what: string, given: string, expected: string): void {
  if (given !== expected) throw new Error(`${what}: expected ${JSON.stringify(expected)}, given ${JSON.stringify(given)}`);
}
