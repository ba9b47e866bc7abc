import type { SandboxFiles } from '../contract/files.ts';

/** The files of a sandbox that is started when they are first used. */
export function lazyFiles(acquire: (abortSignal: AbortSignal | undefined) => Promise<SandboxFiles>): SandboxFiles {
  return {
    readFile: async (options) => (await acquire(options.abortSignal)).readFile(options),
    readBinaryFile: async (options) => (await acquire(options.abortSignal)).readBinaryFile(options),
    readTextFile: async (options) => (await acquire(options.abortSignal)).readTextFile(options),
    writeFile: async (options) => (await acquire(options.abortSignal)).writeFile(options),
    writeBinaryFile: async (options) => (await acquire(options.abortSignal)).writeBinaryFile(options),
    writeTextFile: async (options) => (await acquire(options.abortSignal)).writeTextFile(options),
    stat: async (options) => (await acquire(options.abortSignal)).stat(options),
    listDirectory: async (options) => (await acquire(options.abortSignal)).listDirectory(options),
    deleteFile: async (options) => (await acquire(options.abortSignal)).deleteFile(options),
  };
}
