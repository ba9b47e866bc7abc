import type { GuestContext, GuestExit, GuestProgram } from '../guest/guest-contract.ts';
import { runWasi, type WasiEnd } from '../wasi/run-wasi.ts';
import type { WasmMemory, WasmModule } from '../wasi/web-assembly.ts';
import { passErrorTable, readErrorTableRequest } from './error-table.ts';
import { absoluteScript } from './python-arguments.ts';
import { type PrivateLinks, PythonFileSystem, type PythonFileSystemOptions } from './python-file-system.ts';
import { DEFAULT_ENV, PRIVATE_FOLDER, PYTHON_EXECUTABLE, PYTHON_ROOT, UNPACKED_ENV } from './python-layout.ts';
import type { PythonModule } from './python-module.ts';
import { defaultOptions } from './python-options.ts';
import { ReadOnlyTree } from './read-only-tree.ts';
import { unpackFiles } from './shared-file-pack.ts';
import { NotUsable, StartAhead, type StartAheadOptions } from './start-ahead.ts';

const CRASHED = 134;
/** The memory grows in steps. If fewer bytes than this were free at a crash, the memory could not grow. */
const MEMORY_MARGIN_BYTES = 1024 * 1024;

type Limit = 'memory' | 'disk';

/** The Python program of the sandbox. Every run uses a new interpreter. */
export interface PythonProgram extends GuestProgram {
  /** Starts an interpreter, which then waits for its program. Returns undefined if the program that arrives cannot use this interpreter. */
  startAhead(options: StartAheadOptions): GuestExit | undefined;
}

/** Creates the Python program of the sandbox. */
export function createPythonProgram({ module, library }: PythonModule): PythonProgram {
  const python = { module, library: new ReadOnlyTree(PYTHON_ROOT, unpackFiles(library)) };
  const run: GuestProgram = async (context) => {
    const [, ...rest] = context.argv;
    const { args, script } = absoluteScript(rest, context.cwd);
    const values = new Map([['cwd', context.cwd], ...(script === undefined ? [] : [['script', script] as const])]);
    return runPython(python, { context, args, read: (name) => values.get(name) });
  };
  return Object.assign(run, { startAhead: (options: StartAheadOptions) => startAhead(python, options) });
}

function startAhead(python: Python, options: StartAheadOptions): GuestExit | undefined {
  const context = new StartAhead(options);
  try {
    return runPython(python, {
      context,
      args: [context.placeholder],
      read: (name) => (name === 'begin' ? context.begin() : undefined),
      made: (name, target) => {
        if (name === 'begin') context.handOver(Number(target));
      },
      isAbsent: (path) => context.isAbsent(path),
      onMemory: (memory) => context.attach(memory),
    });
  } catch (error) {
    if (error instanceof NotUsable) return undefined;
    throw error;
  }
}

interface Python {
  readonly module: WasmModule;
  readonly library: ReadOnlyTree;
}

interface PythonRun extends Pick<PrivateLinks, 'read'>, Partial<Pick<PrivateLinks, 'made'>>, Pick<PythonFileSystemOptions, 'isAbsent'> {
  readonly context: GuestContext;
  readonly args: readonly string[];
  readonly onMemory?: (memory: WasmMemory) => void;
}

function runPython({ module, library }: Python, run: PythonRun): GuestExit {
  const { context, args } = run;
  let limit: Limit | undefined;
  let memory: WasmMemory | undefined;
  const passErrors = (target: string): void => {
    if (memory) passErrorTable(memory, readErrorTableRequest(target));
    memory = undefined;
  };
  const links: PrivateLinks = {
    folder: PRIVATE_FOLDER,
    read: run.read,
    made: (name, target) => {
      if (name === 'limit' && (target === 'memory' || target === 'disk')) limit = target;
      else if (name === 'errors') passErrors(target);
      else run.made?.(name, target);
    },
  };
  const files: PythonFileSystemOptions = {
    get user() {
      return context.files;
    },
    library,
    links,
    ...(run.isAbsent === undefined ? {} : { isAbsent: run.isAbsent }),
  };
  const end = runWasi(module, {
    context,
    files: new PythonFileSystem(files),
    argv: [PYTHON_EXECUTABLE, ...defaultOptions(context.env), ...args],
    env: { ...DEFAULT_ENV, ...context.env },
    laterEnv: UNPACKED_ENV,
    onMemory: (given) => {
      memory = given;
      run.onMemory?.(given);
    },
  });
  return end.type === 'exit' ? exitOf(context, end.exitCode, limit) : crash(context, end);
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
