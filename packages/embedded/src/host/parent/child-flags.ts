import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SandpodError } from '@sandpod/core';
import { mainModule, readableFolder } from '../../package-files.ts';

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

interface ChildPaths {
  /** The module that the child process runs. */
  readonly entry: string;
  /** The only folder that the child process may read. */
  readonly readable: string;
}

/** @throws {SandpodError} `start-failed` if the files of this package are elsewhere, as in a program that contains only its code. */
function childPaths(): ChildPaths {
  try {
    return { entry: realpathSync(fileURLToPath(mainModule('child-main'))), readable: realpathSync(fileURLToPath(readableFolder())) };
  } catch (cause) {
    const message =
      'The files of @sandpod/embedded are missing. If a bundler included this package in your program, mark @sandpod/embedded as external (esbuild: --external:@sandpod/embedded) and install it beside the program.';
    throw new SandpodError({ code: 'start-failed', message, cause });
  }
}

/**
 * Returns the arguments for Node in the child process. They are only a second line of defense, because the interpreters have no access to
 * the host anyway.
 *
 * According to its documentation, Node's permission model does not protect against malicious code in the process itself.
 */
export function childArguments(options: { readonly memoryBytes: number }): string[] {
  const { entry, readable } = childPaths();
  return [
    '--permission',
    '--allow-worker',
    `--allow-fs-read=${readable}`,
    '--disallow-code-generation-from-strings',
    `--wasm-max-mem-pages=${Math.floor(options.memoryBytes / WASM_PAGE_BYTES)}`,
    '--expose-gc',
    '--no-warnings',
    entry,
  ];
}
