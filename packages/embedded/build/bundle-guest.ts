import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** Where the bundle is while the build loads it into the engine. */
export const GUEST_BUNDLE = 'dist/javascript/guest.js';

/** What the packages in the library import, and the module of the library that takes its place. */
const OWN_MODULES: Readonly<Record<string, string>> = {
  'abort-controller': 'globals/event-target.js',
  buffer: 'modules/buffer.js',
  events: 'modules/events.js',
  'process/': 'modules/process.js',
  'string_decoder/': 'modules/string-decoder.js',
  'util/': 'internals/util-for-packages.js',
};

/** What the engine has, so that the packages need no replacement for it. */
const NATIVE_MODULES: Readonly<Record<string, string>> = {
  'call-bind/callBound': 'module.exports = () => Function.prototype.call.bind(RegExp.prototype.test)',
  'is-nan': 'module.exports = Number.isNaN',
  'object-is': 'module.exports = Object.is',
  'object-is/polyfill': 'module.exports = () => Object.is',
  'object.assign/polyfill': 'module.exports = () => Object.assign',
  'safe-buffer': 'module.exports = require("buffer")',
};

function librarian(guest: string): Plugin {
  const { resolve } = createRequire(join(guest, 'boot.js'));
  return {
    name: 'library',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^[a-z]/ }, ({ path }) => {
        const own = OWN_MODULES[path];
        if (own !== undefined) return { path: join(guest, own) };
        if (NATIVE_MODULES[path] !== undefined) return { path, namespace: 'native' };
        if (path === 'node:path') return { path: resolve('path-browserify') };
        return path === 'node:querystring' ? { path: resolve('unenv/node/querystring') } : undefined;
      });
      onLoad({ filter: /./, namespace: 'native' }, ({ path }) => ({ contents: NATIVE_MODULES[path] ?? '', resolveDir: guest }));
    },
  };
}

/** Writes the library of JavaScript programs into one file. Returns the bundled files. */
export async function bundleGuest(root: string): Promise<string[]> {
  const guest = join(root, 'src/javascript/guest');
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(guest, 'boot.js')],
    outfile: join(root, GUEST_BUNDLE),
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    target: 'es2023',
    minify: true,
    metafile: true,
    legalComments: 'none',
    // The package says that its modules have no side effects, but those of the library change globals.
    ignoreAnnotations: true,
    keepNames: true,
    logLevel: 'warning',
    define: { global: 'globalThis', 'process.env.READABLE_STREAM': '""' },
    inject: [join(guest, 'internals/process-for-packages.js')],
    plugins: [librarian(guest)],
  });
  return Object.keys(metafile.inputs).map((file) => join(root, file));
}
