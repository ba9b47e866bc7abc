import type { SandboxFiles } from '../contract/files.ts';

/**
 * Returns a file API that starts its sandbox on first use. Each method first calls `acquire` with its abort signal. `timeoutMs` is the time
 * limit of each operation that sets none.
 */
export function filesOver(
  acquire: (abortSignal: AbortSignal | undefined) => Promise<SandboxFiles>,
  { timeoutMs }: { readonly timeoutMs?: number } = {},
): SandboxFiles {
  const method =
    <Name extends keyof SandboxFiles>(name: Name) =>
    async (options: Parameters<SandboxFiles[Name]>[0]): Promise<unknown> => {
      const files = await acquire(options.abortSignal);
      const call = files[name].bind(files) as (options: Parameters<SandboxFiles[Name]>[0]) => Promise<unknown>;
      return call({ ...options, timeoutMs: options.timeoutMs ?? timeoutMs });
    };
  const methods: Record<keyof SandboxFiles, unknown> = {
    readFile: method('readFile'),
    readBinaryFile: method('readBinaryFile'),
    readTextFile: method('readTextFile'),
    writeFile: method('writeFile'),
    writeBinaryFile: method('writeBinaryFile'),
    writeTextFile: method('writeTextFile'),
    stat: method('stat'),
    listDirectory: method('listDirectory'),
    deleteFile: method('deleteFile'),
  };
  return methods as unknown as SandboxFiles;
}
