import type { GuestContext, GuestExit, GuestProgram } from '../guest/guest-contract.ts';
import { runWasi, type WasiEnd } from '../wasi/run-wasi.ts';
import type { WasmMemory } from '../wasi/web-assembly.ts';
import { type ErrorTableRequest, passErrorTable, readErrorTableRequest } from './error-table.ts';
import { absoluteScript } from './python-arguments.ts';
import { type PrivateLinks, PythonFileSystem } from './python-file-system.ts';
import { PRIVATE_FOLDER, PYTHON_EXECUTABLE, PYTHON_ROOT, UNPACKED_ENV } from './python-layout.ts';
import type { PythonModule } from './python-module.ts';
import { ReadOnlyTree } from './read-only-tree.ts';
import { unpackFiles } from './shared-file-pack.ts';

/** The options `-B` (no `.pyc` files), `-u` (unbuffered output) and UTF-8 mode. Each applies unless its environment variable is set. */
const DEFAULT_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  PYTHONDONTWRITEBYTECODE: ['-B'],
  PYTHONUNBUFFERED: ['-u'],
  PYTHONUTF8: ['-X', 'utf8'],
};
const DEFAULT_ENV = { HOME: '/home/sandbox', TMPDIR: '/tmp' };
const CRASHED = 134;
/** The memory grows in steps. If fewer bytes than this were free at a crash, the memory could not grow. */
const MEMORY_MARGIN_BYTES = 1024 * 1024;

type Limit = 'memory' | 'disk';

/** Creates the Python program of the sandbox. Every run uses a new interpreter. */
export function createPythonProgram(options: PythonModule): GuestProgram {
  const library = new ReadOnlyTree(PYTHON_ROOT, unpackFiles(options.library));
  return async (context) => {
    const [, ...rest] = context.argv;
    const { args, script } = absoluteScript(rest, context.cwd);
    let limit: Limit | undefined;
    let memory: WasmMemory | undefined;
    const links = privateLinks(context, script, {
      onLimit: (reported) => {
        limit = reported;
      },
      onErrors: (request) => {
        if (memory) passErrorTable(memory, request);
        memory = undefined;
      },
    });
    const end = runWasi(options.module, {
      context,
      files: new PythonFileSystem({ user: context.files, library, links }),
      argv: [PYTHON_EXECUTABLE, ...defaultOptions(context.env), ...args],
      env: { ...DEFAULT_ENV, ...context.env },
      laterEnv: UNPACKED_ENV,
      onMemory: (given) => {
        memory = given;
      },
    });
    return end.type === 'exit' ? exitOf(context, end.exitCode, limit) : crash(context, end);
  };
}

function defaultOptions(env: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(DEFAULT_OPTIONS).flatMap(([variable, options]) => (Object.hasOwn(env, variable) ? [] : options));
}

interface Reports {
  onLimit(limit: Limit): void;
  onErrors(request: ErrorTableRequest): void;
}

function privateLinks(context: GuestContext, script: string | undefined, reports: Reports): PrivateLinks {
  const values = new Map([['cwd', context.cwd], ...(script === undefined ? [] : [['script', script] as const])]);
  return {
    folder: PRIVATE_FOLDER,
    read: (name) => values.get(name),
    made: (name, target) => {
      if (name === 'limit' && (target === 'memory' || target === 'disk')) reports.onLimit(target);
      if (name === 'errors') reports.onErrors(readErrorTableRequest(target));
    },
  };
}

function exitOf(context: GuestContext, exitCode: number, limit: Limit | undefined): GuestExit {
  if (exitCode === 0 || limit === undefined) return { exitCode };
  return {
    exitCode,
    limit,
    reason: limit === 'memory' ? memoryReason(context) : 'The program stopped because the disk limit was reached.',
  };
}

function crash(context: GuestContext, end: WasiEnd & { readonly type: 'trap' }): GuestExit {
  context.writeOutput('stderr', new TextEncoder().encode(`python3: the interpreter crashed: ${end.message}\n`));
  if (end.memoryBytes < context.memoryBytes - MEMORY_MARGIN_BYTES) return { exitCode: CRASHED };
  return { exitCode: CRASHED, limit: 'memory', reason: memoryReason(context) };
}

function memoryReason(context: GuestContext): string {
  return `The program ran out of memory: its limit is ${Math.round(context.memoryBytes / 2 ** 20)} MiB.`;
}
