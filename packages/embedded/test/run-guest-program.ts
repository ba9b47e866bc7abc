import { MemoryFileSystem } from '../src/files/memory-file-system.ts';
import type { GuestContext, GuestExit, GuestFileSystem, GuestProgram } from '../src/guest/guest-contract.ts';

export interface GuestRunOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly fileSystem?: GuestFileSystem;
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly memoryBytes?: number;
  readonly onOutput?: (stream: 'stdout' | 'stderr', text: string) => void;
}

export interface GuestRunResult extends GuestExit {
  readonly stdout: string;
  readonly stderr: string;
  readonly stdoutBytes: Uint8Array;
  readonly sleptMs: number;
  readonly fileSystem: GuestFileSystem;
}

export function writeGuestFile(files: GuestFileSystem, { path, content }: { readonly path: string; readonly content: string }): void {
  const handle = files.open(path, { write: true, create: true, truncate: true });
  files.write(handle, 0, new TextEncoder().encode(content));
  files.close(handle);
}

function inputReader(input: Uint8Array): GuestContext['readInput'] {
  let position = 0;
  return (length) => {
    const part = input.subarray(position, position + length);
    position += part.length;
    return part;
  };
}

/** Runs a program on this thread, with files in memory and real sleeps. */
export async function runGuestProgram(
  program: GuestProgram,
  { argv, options = {} }: { readonly argv: readonly [string, ...string[]]; readonly options?: GuestRunOptions },
): Promise<GuestRunResult> {
  const fileSystem = options.fileSystem ?? new MemoryFileSystem({ workspaceBytes: 64 << 20 });
  for (const [path, content] of Object.entries(options.files ?? {})) writeGuestFile(fileSystem, { path, content });
  const chunks = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  let sleptMs = 0;
  const exit = await program({
    argv,
    env: options.env ?? { HOME: '/home/sandbox' },
    cwd: options.cwd ?? '/workspace',
    files: fileSystem,
    memoryBytes: options.memoryBytes ?? 128 << 20,
    readInput: inputReader(Buffer.from(options.stdin ?? '')),
    writeOutput: (stream, bytes) => {
      chunks[stream].push(bytes.slice());
      options.onOutput?.(stream, new TextDecoder().decode(bytes));
    },
    sleep: (milliseconds) => {
      sleptMs += milliseconds;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
    },
  });
  const stdoutBytes = new Uint8Array(Buffer.concat(chunks.stdout));
  const stdout = new TextDecoder().decode(stdoutBytes);
  return { ...exit, stdout, stderr: Buffer.concat(chunks.stderr).toString('utf8'), stdoutBytes, sleptMs, fileSystem };
}
