/**
 * `node scripts/bundle-package.ts`, in the directory of a package: removes `dist` and bundles the sources of each entry point into it. Node
 * loads one file much faster than a hundred. Other packages are not included.
 */
import { readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

interface Manifest {
  readonly exports?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly bin?: Readonly<Record<string, string>>;
}

const { exports = {}, bin = {} } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const modules = [...Object.values(exports).flatMap((entry) => Object.values(entry)), ...Object.values(bin)];
const sources = modules.filter((file) => file.endsWith('.js')).map((file) => file.replace('./dist/', './src/').replace(/\.js$/, '.ts'));

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: [...new Set(sources)],
  outbase: 'src',
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: '[name]-[hash]',
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node22',
  legalComments: 'none',
  logLevel: 'warning',
});
