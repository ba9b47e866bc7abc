import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkTarball } from './packed/check-tarball.ts';
import { checkTypes } from './packed/check-types.ts';
import { checkWeight } from './packed/check-weight.ts';
import { consumeTarballs } from './packed/consume-tarballs.ts';
import { packPackages, type Tarball } from './packed/pack-packages.ts';
import { runProgram } from './packed/run-program.ts';
import { tryLayouts } from './packed/try-layouts.ts';

const root = join(import.meta.dirname, '..');
const program = (name: string): string => join(root, 'node_modules/.bin', name);

const directory = await mkdtemp(join(tmpdir(), 'sandpod-packed-'));
try {
  await checkPacked(directory);
} finally {
  await rm(directory, { recursive: true, force: true });
}

async function checkPacked(directory: string): Promise<void> {
  const tarballs = await packPackages(root, directory);
  const problems: string[] = [];
  for (const tarball of tarballs) {
    console.log(`${tarball.manifest.name} ${tarball.manifest.version}: ${tarball.size} bytes`);
    problems.push(...(await inspect(tarball)));
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const consumer = join(directory, 'consumer');
  await mkdir(consumer);
  const versions = await consumeTarballs({ tarballs, directory: consumer, root });
  console.log(`installed from tarballs and used on Node ${versions.join(' and ')}`);
  const defaults = join(directory, 'weight');
  console.log(await checkWeight({ tarballs, directory: defaults }));
  console.log(await checkTypes({ directory: defaults, root }));
  for await (const layout of tryLayouts({ tarballs, directory: join(directory, 'layouts') })) console.log(layout);
}

async function inspect(tarball: Tarball): Promise<string[]> {
  await runProgram([program('publint'), 'run', tarball.file, '--strict'], { cwd: root });
  if (tarball.manifest.exports !== undefined) await runProgram([program('attw'), tarball.file, '--profile', 'esm-only'], { cwd: root });
  return (await checkTarball(tarball)).map((problem) => `${tarball.manifest.name} ${problem}`);
}
