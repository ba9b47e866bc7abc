import { constants, openSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { abortable } from '@sandpod/core/backend';
import { UsageError } from '../arguments/usage-error.ts';

/** The source of input. If the path is `-`, standard input is read. */
export interface InputSource {
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly abortSignal: AbortSignal;
}

/** Reads a whole file, or standard input for `-`. `option` is the name of the option in messages. */
export async function readBytes(path: string, options: InputSource & { readonly option: string }): Promise<Uint8Array> {
  if (path === '-') return readToEnd(options.stdin, options.abortSignal);
  try {
    const stats = await stat(path);
    if (stats.isFIFO()) return await readPipe(path, options.abortSignal);
    if (!stats.isFile()) throw new UsageError(`${options.option} ${path} is not a regular file.`, 'Pass a regular file.');
    return await readFile(path, { signal: options.abortSignal });
  } catch (error) {
    throw readable(error, { path, option: options.option });
  }
}

async function readToEnd(input: InputSource['stdin'], abortSignal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const read = async (): Promise<Uint8Array> => {
    for await (const chunk of input) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  };
  abortSignal.throwIfAborted();
  return abortable(read(), abortSignal);
}

/** Reads a named pipe. Waits for writers without blocking a thread, because a blocked thread would keep the process from exiting. */
async function readPipe(path: string, abortSignal: AbortSignal): Promise<Uint8Array> {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const pipe = new Socket({ fd, readable: true, writable: false });
  try {
    return await readToEnd(pipe, abortSignal);
  } finally {
    pipe.destroy();
  }
}

const explanations: Readonly<Record<string, string>> = {
  ENOENT: 'the file does not exist',
  EACCES: 'permission denied',
  ENOTDIR: 'a part of the path is not a directory',
};

function readable(error: unknown, { path, option }: { readonly path: string; readonly option: string }): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.name === 'AbortError') return error;
  return new UsageError(`${option} ${path} cannot be read: ${explanations[String(error.code)] ?? error.message}.`, 'Check the path.');
}
