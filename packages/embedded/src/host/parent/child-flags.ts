import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { siblingModule } from '../sibling-module.ts';

const WASM_PAGE_BYTES = 65_536;

/**
 * The environment of the child process. Programs in the sandbox have a different environment. With its default settings, glibc keeps a heap
 * for each thread and returns little of it to the system, which costs about 60 MB per sandbox.
 */
export const CHILD_ENVIRONMENT: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '32768',
  MALLOC_TOP_PAD_: '0',
  MALLOC_TRIM_THRESHOLD_: '65536',
};

/** Returns the path of the module that the child process runs. */
function childEntry(): string {
  return realpathSync(fileURLToPath(siblingModule('../child-main', import.meta.url)));
}

/**
 * Returns the arguments for Node in the child process. They are only a second line of defense, because the interpreters have no access to
 * the host anyway.
 *
 * According to its documentation, Node's permission model does not protect against malicious code in the process itself.
 */
export function childArguments(options: { readonly memoryBytes: number; readonly readable: readonly string[] }): string[] {
  const entry = childEntry();
  const own = dirname(dirname(entry));
  return [
    '--permission',
    '--allow-worker',
    ...[own, ...options.readable].map((path) => `--allow-fs-read=${path}`),
    '--disallow-code-generation-from-strings',
    `--wasm-max-mem-pages=${Math.floor(options.memoryBytes / WASM_PAGE_BYTES)}`,
    '--expose-gc',
    '--no-warnings',
    entry,
  ];
}
