import type { ReadFileOptions, ReadTextFileOptions } from '../contract/files.ts';
import type { Sandbox } from '../contract/sandbox.ts';
import { type ReadAllOptions, readAll, WHOLE_READ_BYTES } from './read-all.ts';
import { readText } from './read-text.ts';
import { withinTime } from './within-time.ts';

type Files = Pick<Sandbox, 'readFile'>;

/** Implements `Sandbox.readBinaryFile` with `readFile`. */
export async function readBinaryFile(files: Files, options: ReadFileOptions): Promise<Uint8Array | null> {
  return withinTime(options, (timed) => readWith(files, { options: timed, read: readAll }));
}

/** Implements `Sandbox.readTextFile` with `readFile`. */
export async function readTextFile(files: Files, options: ReadTextFileOptions): Promise<string | null> {
  return withinTime(options, (timed) => readWith(files, { options: timed, read: readText }));
}

async function readWith<Options extends ReadFileOptions, Content>(
  files: Files,
  { options, read }: { readonly options: Options; readonly read: (options: Options & ReadAllOptions) => Promise<Content> },
): Promise<Content | null> {
  const { path, abortSignal, timeoutMs, maxBytes = WHOLE_READ_BYTES } = options;
  const content = await files.readFile({ path, abortSignal, timeoutMs, maxBytes });
  return content === null ? null : read({ ...options, content, maxBytes });
}
