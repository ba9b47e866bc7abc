import { constants, openSync, type Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { UsageError } from '../arguments/usage-error.ts';

/** What the files of a command line are read with; standard input is `-`. */
export interface InputSource {
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly abortSignal: AbortSignal;
}

/** Reads a whole file, or standard input for `-`. `option` names what asked for it, for messages. */
export async function readBytes(path: string, options: InputSource & { readonly option: string }): Promise<Uint8Array> {
  if (path === '-') return readToEnd(options.stdin, options.abortSignal);
  try {
    const stats = await stat(path);
    if (stats.isFIFO()) return await readPipe(path, options.abortSignal);
    const { isReadable, advice } = kindOf(stats);
    if (!isReadable) throw new UsageError(`${options.option} ${path} is not a file that can be read whole.`, advice);
    return await readFile(path, { signal: options.abortSignal });
  } catch (error) {
    throw readable(error, { path, option: options.option });
  }
}

async function readToEnd(input: InputSource['stdin'], abortSignal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const aborted = new Promise<never>((_, reject) => {
    abortSignal.addEventListener('abort', () => reject(abortSignal.reason), { once: true });
  });
  const read = async (): Promise<Uint8Array> => {
    for await (const chunk of input) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  };
  abortSignal.throwIfAborted();
  return Promise.race([read(), aborted]);
}

/** Waits for writers without blocking a thread: the process could not end as long as one is blocked. */
async function readPipe(path: string, abortSignal: AbortSignal): Promise<Uint8Array> {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const pipe = new Socket({ fd, readable: true, writable: false });
  try {
    return await readToEnd(pipe, abortSignal);
  } finally {
    pipe.destroy();
  }
}

function kindOf(stats: Stats): { readonly isReadable: boolean; readonly advice: string } {
  if (stats.isDirectory()) {
    return { isReadable: false, advice: 'It is a directory. Pack it (tar -cf files.tar DIR), give that file, and unpack it in the code.' };
  }
  return { isReadable: stats.isFile(), advice: 'Name a regular file.' };
}

const explanations: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  ENOTDIR: 'a part of the path is not a directory',
};

function readable(error: unknown, { path, option }: { readonly path: string; readonly option: string }): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.name === 'AbortError') return error;
  return new UsageError(`${option} ${path} cannot be read: ${explanations[String(error.code)] ?? error.message}.`, 'Check the path.');
}
