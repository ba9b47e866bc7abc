import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';

/** Dependencies of just-bash for commands that the sandbox leaves out, or that need code outside JavaScript. They are never loaded. */
export const LEFT_OUT = ['sql.js', 'quickjs-emscripten', '@mongodb-js/zstd', 'node-liblzma'];

/** CommonJS modules in the bundle load modules of Node through `require`. */
const REQUIRE =
  "import { createRequire as createSandpodRequire } from 'node:module'; const require = createSandpodRequire(import.meta.url);";

/**
 * Writes all modules next to each other into `dist`, where they find the other files of the package. Returns the bundled files.
 *
 * The modules for the parent process import other packages. The modules for the child process contain all they need.
 */
export async function bundleModules(root: string): Promise<string[]> {
  const common: BuildOptions = {
    absWorkingDir: root,
    outdir: join(root, 'dist'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
  };
  await build({ ...common, entryPoints: ['src/index.ts'], packages: 'external' });
  const { metafile } = await build({
    ...common,
    entryPoints: ['src/child-main.ts', 'src/worker-main.ts'],
    splitting: true,
    chunkNames: '[name]-[hash]',
    minifyWhitespace: true,
    minifySyntax: true,
    external: LEFT_OUT,
    banner: { js: REQUIRE },
  });
  return Object.keys(metafile?.inputs ?? {}).map((file) => join(root, file));
}
