import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from './run-program.ts';

/** The relevant fields of a package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A public package, packed in the same way as for publishing. */
export interface Tarball {
  readonly manifest: Manifest;
  /** Absolute path of the `.tgz` file. */
  readonly file: string;
  readonly size: number;
  /** Directory in which the tarball was unpacked. */
  readonly content: string;
  /** Directory of the package in the workspace. */
  readonly directory: string;
}

/** Packs every public package below `root` into `target`. Build the packages first. */
export async function packPackages(root: string, target: string): Promise<Tarball[]> {
  const names = await readdir(join(root, 'packages'));
  const tarballs: Tarball[] = [];
  for (const name of names) {
    const directory = join(root, 'packages', name);
    const manifest = await readManifest(directory);
    if (manifest.private !== true) tarballs.push(await pack({ directory, target, name }));
  }
  return tarballs;
}

async function readManifest(directory: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')) as Manifest;
}

async function pack(options: { readonly directory: string; readonly target: string; readonly name: string }): Promise<Tarball> {
  const file = join(options.target, `${options.name}.tgz`);
  await runProgram([...pnpm(), 'pack', '--out', file], { cwd: options.directory });
  await runProgram(['tar', '-xzf', file, '-C', options.target, '--one-top-level', '--strip-components=1'], { cwd: options.target });
  const content = join(options.target, options.name);
  return { manifest: await readManifest(content), file, size: (await stat(file)).size, content, directory: options.directory };
}

/** Returns the command of the pnpm that runs this script, or else of the pnpm that npx finds. */
function pnpm(): [string, ...string[]] {
  const running = process.env['npm_execpath'];
  return running?.includes('pnpm') === true ? [running] : ['npx', '--yes', 'pnpm@12'];
}
