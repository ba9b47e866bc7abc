import { MemoryFileSystem } from '../src/files/memory-file-system.ts';
import type { GuestContext, GuestExit, GuestFileSystem } from '../src/guest/guest-contract.ts';
import { loadPythonModule, type PythonModule } from '../src/python/python-module.ts';
import { createPythonProgram } from '../src/python/python-program.ts';

export interface PythonRun extends GuestExit {
  /** True if the interpreter had been started ahead, and could be used. */
  readonly wasAhead: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly output: Uint8Array;
}

export interface RunPythonOptions {
  readonly files?: GuestFileSystem;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: Uint8Array | string;
  readonly cwd?: string;
  readonly memoryBytes?: number;
  /** Starts the interpreter before it gets its program, with this environment. */
  readonly startedAhead?: { readonly env: Readonly<Record<string, string>> };
}

let loaded: Promise<PythonModule> | undefined;

export function makeFiles(contents: Readonly<Record<string, string | Uint8Array>> = {}): MemoryFileSystem {
  const files = new MemoryFileSystem({ workspaceBytes: 64 * 2 ** 20 });
  for (const [path, content] of Object.entries(contents)) {
    const parts = path.split('/').slice(1, -1);
    for (const [index] of parts.entries()) makeDirectory(files, `/${parts.slice(0, index + 1).join('/')}`);
    const handle = files.open(path, { write: true, create: true });
    files.write(handle, 0, Buffer.from(content));
    files.close(handle);
  }
  return files;
}

function makeDirectory(files: GuestFileSystem, path: string): void {
  try {
    files.makeDirectory(path);
  } catch {
    // The directory already exists.
  }
}

/** Runs Python with these arguments on this thread, with the real module. */
export async function runPython(args: readonly string[], options: RunPythonOptions = {}): Promise<PythonRun> {
  loaded ??= loadPythonModule();
  const program = createPythonProgram(await loaded);
  const chunks = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  let input = Buffer.from(options.stdin ?? '');
  const context: GuestContext = {
    argv: ['python3', ...args],
    env: options.env ?? {},
    cwd: options.cwd ?? '/workspace',
    files: options.files ?? makeFiles(),
    memoryBytes: options.memoryBytes ?? 2 ** 32,
    readInput: (length) => {
      const taken = input.subarray(0, length);
      input = input.subarray(length);
      return taken;
    },
    writeOutput: (stream, bytes) => void chunks[stream].push(bytes),
    sleep: (milliseconds) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds),
  };
  const { startedAhead } = options;
  const ahead = startedAhead && program.startAhead({ env: startedAhead.env, wait: () => context });
  const exit = ahead ?? (await program(context));
  const output = Buffer.concat(chunks.stdout);
  return { ...exit, wasAhead: ahead !== undefined, output, stdout: output.toString(), stderr: Buffer.concat(chunks.stderr).toString() };
}

/** Runs `code` as the script /workspace/main.py. */
export async function runScript(code: string, options: RunPythonOptions = {}): Promise<PythonRun> {
  const files = options.files ?? makeFiles();
  const handle = files.open('/workspace/main.py', { write: true, create: true, truncate: true });
  files.write(handle, 0, Buffer.from(code));
  files.close(handle);
  return await runPython(['main.py'], { ...options, files });
}
