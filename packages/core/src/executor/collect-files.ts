import type { OutputFile } from '../contract/code-result.ts';
import type { TreeEntry } from '../contract/sandbox.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { compileGlobs } from '../paths/glob.ts';
import { mediaTypeOf } from '../paths/media-type.ts';
import type { Call } from './call.ts';

/** Bytes of one file, and of all files of a call, that are returned with their content. */
const FILE_BYTES = 16 * 1024 * 1024;
const TOTAL_BYTES = 64 * 1024 * 1024;
const MAX_FILES = 1_000;

/** What the workspace holds now: path → a mark that changes when the file does. */
export async function rememberFiles(call: Call): Promise<ReadonlyMap<string, string>> {
  const entries = await call.session.sandbox.listTree({ skipHidden: true });
  return new Map(entries.map((entry) => [entry.path, markOf(entry)]));
}

/** What was collected, and why it is not everything. */
export interface CollectedFiles {
  readonly files: readonly OutputFile[];
  readonly problem?: string;
}

/**
 * The files that are new or changed since `before` and wanted by the caller. A sandbox that is gone has none.
 *
 * Code has run by now, so what the platform cannot do is told in the result: an error would say that nothing began.
 */
export async function collectFiles(
  call: Call,
  options: { readonly before: ReadonlyMap<string, string>; readonly codeFiles: readonly string[] },
): Promise<CollectedFiles> {
  const files: OutputFile[] = [];
  if (call.session.lostReason !== undefined) return { files };
  try {
    const changed = await changedFiles(call, options);
    let budget = TOTAL_BYTES;
    for (const entry of changed) {
      const file = files.length < MAX_FILES ? await collectFile(call, entry, Math.min(budget, FILE_BYTES)) : leftOut(entry);
      budget -= file.content?.byteLength ?? 0;
      files.push(file);
    }
    return { files };
  } catch (error) {
    if (!SandpodError.isInstance(error)) throw error;
    return error.code === 'sandbox-ended' ? { files } : { files, problem: `Not all files could be collected: ${error.message}` };
  }
}

async function changedFiles(
  call: Call,
  options: { readonly before: ReadonlyMap<string, string>; readonly codeFiles: readonly string[] },
): Promise<TreeEntry[]> {
  const { collectFiles: wanted } = call.options;
  const isWanted = Array.isArray(wanted) ? compileGlobs(wanted) : () => true;
  const codeFiles = new Set(options.codeFiles);
  const entries = await call.session.sandbox.listTree({ skipHidden: true });
  return entries
    .filter((entry) => options.before.get(entry.path) !== markOf(entry) && !codeFiles.has(entry.path))
    .filter((entry) => isWanted(entry.path))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

async function collectFile(call: Call, entry: TreeEntry, maxBytes: number): Promise<OutputFile> {
  const { path, size } = entry;
  const mediaType = mediaTypeOf(path);
  if (size > maxBytes) return { path, size, mediaType, reason: `The file is larger than the ${maxBytes} bytes that are returned.` };
  try {
    const content = await call.session.sandbox.readBinaryFile({ path, maxBytes });
    if (content === null) return { path, size, mediaType, reason: 'The file was removed while files were collected.' };
    return { path, size: content.byteLength, mediaType, content };
  } catch (error) {
    if (!SandpodError.isInstance(error) || error.code === 'sandbox-ended') throw error;
    return { path, size, mediaType, reason: error.message };
  }
}

function leftOut({ path, size }: TreeEntry): OutputFile {
  return { path, size, mediaType: mediaTypeOf(path), reason: `Only ${MAX_FILES} files are returned with their content.` };
}

function markOf(entry: TreeEntry): string {
  return `${entry.size}:${entry.modifiedMs ?? ''}`;
}
