import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { INSTALLED } from './check-weight.ts';
import { expectEqual, PROGRAM } from './consume-tarballs.ts';
import type { Tarball } from './pack-packages.ts';
import { runProgram } from './run-program.ts';

interface Layout {
  readonly name: string;
  /** The command that installs the project, and the command that runs a program of the project. */
  readonly install: readonly [string, ...string[]];
  readonly run: readonly [string, ...string[]];
  readonly files?: Readonly<Record<string, string>>;
}

const NPX = ['npx', '--yes'] as const;
const YARN = [...NPX, '@yarnpkg/cli-dist@4'] as const;
/** Settings of the package manager that runs this script are not for the others. */
const FOREIGN_SETTING = /^(?:npm|pnpm)_/i;
const ENVIRONMENT = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN_SETTING.test(name))),
  YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  YARN_ENABLE_TELEMETRY: 'false',
};

/** Another version of zod than the packages need, so that npm nests theirs. */
const OTHER_ZOD = '3.25.76';

const LAYOUTS: readonly Layout[] = [
  { name: 'npm, with nested dependencies', install: ['npm', 'install', '--no-audit', '--no-fund'], run: [process.execPath] },
  { name: 'npm, linked', install: ['npm', 'install', '--no-audit', '--no-fund', '--install-strategy=linked'], run: [process.execPath] },
  { name: 'pnpm', install: [...NPX, 'pnpm@12', 'install'], run: [process.execPath] },
  { name: 'Yarn 1', install: [...NPX, 'yarn@1', 'install', '--no-lockfile'], run: [process.execPath] },
  {
    name: 'Yarn, node_modules',
    install: [...YARN, 'install'],
    run: [process.execPath],
    files: { '.yarnrc.yml': 'nodeLinker: node-modules\n' },
  },
  { name: "Yarn, Plug'n'Play", install: [...YARN, 'install'], run: [...YARN, 'node'], files: { '.yarnrc.yml': 'nodeLinker: pnp\n' } },
];

/** Installs the tarballs with each package manager and runs a program. Yields one sentence for each layout. @throws {Error} if one fails. */
export async function* tryLayouts(options: {
  readonly tarballs: readonly Tarball[];
  readonly directory: string;
}): AsyncGenerator<string, void, void> {
  const { tarballs, directory } = options;
  for (const [index, layout] of LAYOUTS.entries()) {
    const cwd = join(directory, `${index}`);
    await writeProject(cwd, { tarballs, layout });
    await runProgram([...layout.install], { cwd, env: ENVIRONMENT });
    expectEqual(layout.name, await runProgram([...layout.run, 'program.mjs'], { cwd, env: ENVIRONMENT }), 'ok 42\n');
    yield `works with ${layout.name}`;
  }
  yield await tryBundle(join(directory, '0'));
}

async function writeProject(cwd: string, project: { readonly tarballs: readonly Tarball[]; readonly layout: Layout }): Promise<void> {
  const { tarballs, layout } = project;
  const packages = Object.fromEntries(tarballs.map(({ manifest, file }) => [manifest.name, `file:${file}`]));
  const dependencies = Object.fromEntries(INSTALLED.map((name) => [name, packages[name]]));
  // The packages depend on each other by version, and these versions are not published.
  const manifest = {
    private: true,
    dependencies: { ...dependencies, zod: OTHER_ZOD },
    resolutions: packages,
    overrides: Object.fromEntries(INSTALLED.map((name) => [name, `$${name}`])),
  };
  const pnpm = ['overrides:', ...INSTALLED.map((name) => `  '${name}': '${packages[name]}'`), ''].join('\n');
  const files = {
    'package.json': JSON.stringify(manifest),
    'pnpm-workspace.yaml': pnpm,
    'yarn.lock': '',
    'program.mjs': PROGRAM,
    ...layout.files,
  };
  await mkdir(cwd, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, name), text);
}

/** Bundles a program with everything that it imports. The sandbox needs its files, so the program must say what to do. */
async function tryBundle(cwd: string): Promise<string> {
  await writeFile(
    join(cwd, 'bundled.mjs'),
    PROGRAM.replace(
      'const executor',
      'process.on("uncaughtException", (error) => { console.log(error.message); process.exit(0); });\nconst executor',
    ),
  );
  const absent = ['@sandpod/docker', '@sandpod/kubernetes'];
  const bundle = (outfile: string, external: string[]): Promise<unknown> =>
    build({
      absWorkingDir: cwd,
      entryPoints: ['bundled.mjs'],
      outfile,
      external,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
    });
  await bundle('out/all.mjs', absent);
  await bundle('out.mjs', [...absent, '@sandpod/embedded']);
  const advice = await runProgram([process.execPath, 'out/all.mjs'], { cwd });
  if (!advice.includes('external:@sandpod/embedded')) throw new Error(`bundled program: expected advice, given ${JSON.stringify(advice)}`);
  expectEqual('bundled program with @sandpod/embedded as external', await runProgram([process.execPath, 'out.mjs'], { cwd }), 'ok 42\n');
  return 'works in a bundle if @sandpod/embedded is external, and says so otherwise';
}
