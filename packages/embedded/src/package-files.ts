import { posix } from 'node:path';
import { PACKAGE_BASE } from './package-base.ts';

/** Built modules are bundled, and files of other packages are copied beside them. Sources use what the workspace has installed. */
const isSource = PACKAGE_BASE?.endsWith('.ts') === true;

/** Returns the URL of a file that belongs to this package. The path is relative to the folder of the sources. */
export function packageFile(path: string): URL {
  return new URL(path, PACKAGE_BASE);
}

/** Returns the URL of a file that the build writes. Sources use it too. The path is relative to `dist`. */
export function builtFile(path: string): URL {
  return packageFile(isSource ? `../dist/${path}` : path);
}

/** Returns the URL of the module in which a process or a thread starts. */
export function mainModule(name: 'child-main' | 'worker-main'): URL {
  return packageFile(`${name}${isSource ? '.ts' : '.js'}`);
}

/** Returns the URL of a WebAssembly file of another package, such as `quickjs-wasi/quickjs.wasm`. */
export function engineFile(specifier: string): URL {
  return isSource ? new URL(import.meta.resolve(specifier)) : packageFile(`engines/${posix.basename(specifier)}`);
}

/** Returns the URL of the folder that contains every file that a child process reads. */
export function readableFolder(): URL {
  return packageFile(isSource ? '../../../' : './');
}
