import type { OutputFile } from '../contract/code-result.ts';
import type { SkippedEntry, TreeEntry } from '../contract/sandbox.ts';
import { abortable } from '../control/abortable.ts';
import { filterInTurns } from '../control/pace.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { showText } from '../options/show-value.ts';
import { compileGlobs } from '../paths/glob.ts';
import { mediaTypeOf } from '../paths/media-type.ts';
import type { Call } from './call.ts';

/** Maximum size of one file, and of all files from a call together. Files that exceed a limit are returned without content. */
const FILE_BYTES = 16 * 1024 * 1024;
const TOTAL_BYTES = 64 * 1024 * 1024;
const MAX_FILES = 1_000;
/**
 * Time limit in milliseconds for listing files before the run. The same limit applies to all work after the run. The call's time limit also
 * applies.
 */
const COLLECT_MS = 30_000;
const TOO_LONG = `it took longer than ${COLLECT_MS} ms.`;

/** The files that were in the workspace before the run. */
export interface RememberedFiles {
  /** Maps each path to a mark that changes if the file changes. Undefined if the listing took too long. */
  readonly marks: ReadonlyMap<string, string> | undefined;
  /** The reason why the listing is incomplete. */
  readonly problem?: string | undefined;
}

/** Lists the files that are currently in the workspace. @throws the cause if the call was ended. */
export async function rememberFiles(call: Call): Promise<RememberedFiles> {
  const time = AbortSignal.timeout(COLLECT_MS);
  try {
    const listing = (): ReturnType<typeof listWorkspace> => listWorkspace(call, time);
    const { entries, skipped, problem } = await call.deadline.step('listing the files in the workspace', listing);
    return { marks: new Map([...entries, ...skipped].map((entry) => [entry.path, markOf(entry)])), problem };
  } catch (error) {
    call.control.signal.throwIfAborted();
    if (!time.aborted) throw error;
    return { marks: undefined, problem: TOO_LONG };
  }
}

/** The collected files, and the reason why some files are missing. */
export interface CollectedFiles {
  readonly files: readonly OutputFile[];
  readonly problem?: string;
}

interface CollectOptions {
  readonly before: RememberedFiles;
  readonly codeFiles: readonly string[];
}

/**
 * Returns the requested files that are new or changed since `before`. Returns no files if the sandbox is gone or the call was ended.
 *
 * If the platform fails, the result contains the failure. A thrown error would mean that no code has run.
 */
export async function collectFiles(call: Call, options: CollectOptions): Promise<CollectedFiles> {
  const files: OutputFile[] = [];
  if (call.session.lostReason !== undefined || call.control.cause !== undefined) return { files };
  const time = AbortSignal.timeout(COLLECT_MS);
  let { problem } = options.before;
  try {
    if (options.before.marks !== undefined) {
      const listed = await call.deadline.step('collecting files', () => listWorkspace(call, time));
      const changes = <Entry extends TreeEntry | SkippedEntry>(found: readonly Entry[]): Promise<Entry[]> =>
        call.deadline.step('collecting files', () => changedFiles(call, { ...options, entries: found, time }));
      problem ??= listed.problem ?? problemOfNames(await changes(listed.skipped));
      const entries = await changes(listed.entries);
      await call.deadline.step('collecting files', () => readFiles(call, { entries, files, time }));
    }
  } catch (error) {
    problem = problemOf(error, { call, time });
  }
  return problem === undefined ? { files } : { files, problem: `Not all files could be collected: ${problem}` };
}

interface WorkspaceListing {
  readonly entries: readonly TreeEntry[];
  readonly skipped: readonly SkippedEntry[];
  readonly problem?: string;
}

async function listWorkspace(call: Call, time: AbortSignal): Promise<WorkspaceListing> {
  const skipped: SkippedEntry[] = [];
  let problem: string | undefined;
  const onTruncated = (maxEntries: number): void => {
    problem = `only the first ${maxEntries} files and directories were checked.`;
  };
  const abortSignal = AbortSignal.any([call.control.signal, time]);
  const onSkipped = (entry: SkippedEntry): void => void skipped.push(entry);
  const entries = await abortable(call.session.sandbox.listTree({ skipHidden: true, onTruncated, onSkipped, abortSignal }), time);
  return { entries, skipped, ...(problem === undefined ? {} : { problem }) };
}

/**
 * Explains which files are not returned because of their names. On the system that saves the files, such a name could point outside the
 * target directory.
 */
function problemOfNames(skipped: readonly SkippedEntry[]): string | undefined {
  const [first] = skipped;
  if (first === undefined) return undefined;
  const more = skipped.length === 1 ? '' : ` and ${skipped.length - 1} more`;
  return `expected ${first.expected}, given ${showText(first.path)}${more}; rename the files.`;
}

function problemOf(error: unknown, { call, time }: { readonly call: Call; readonly time: AbortSignal }): string | undefined {
  if (call.control.cause !== undefined) return call.control.cause.reason;
  if (time.aborted) return TOO_LONG;
  if (!SandpodError.isInstance(error)) throw error;
  return error.code === 'sandbox-ended' ? undefined : error.message;
}

async function changedFiles<Entry extends TreeEntry | SkippedEntry>(
  call: Call,
  options: CollectOptions & { readonly entries: readonly Entry[]; readonly time: AbortSignal },
): Promise<Entry[]> {
  const { before, entries, time } = options;
  const { collectFiles: wanted } = call.options;
  const isWanted = Array.isArray(wanted) ? compileGlobs(wanted) : () => true;
  const codeFiles = new Set(options.codeFiles);
  const changed = entries.filter((entry) => before.marks?.get(entry.path) !== markOf(entry) && !codeFiles.has(entry.path));
  const abortSignal = AbortSignal.any([call.control.signal, time]);
  const found = await filterInTurns(changed, { matches: ({ path }) => isWanted(path), abortSignal });
  return found.sort((one, other) => (one.path < other.path ? -1 : 1));
}

async function readFiles(
  call: Call,
  work: { readonly entries: readonly TreeEntry[]; readonly files: OutputFile[]; readonly time: AbortSignal },
): Promise<void> {
  const { entries, files, time } = work;
  const abortSignal = AbortSignal.any([call.control.signal, time]);
  let budget = TOTAL_BYTES;
  for (const entry of entries) {
    const options = { entry, maxBytes: Math.min(budget, FILE_BYTES), abortSignal };
    const file = files.length < MAX_FILES ? await abortable(readFile(call, options), time) : leftOut(entry);
    budget -= file.content?.byteLength ?? 0;
    files.push(file);
  }
}

async function readFile(
  call: Call,
  options: { readonly entry: TreeEntry; readonly maxBytes: number; readonly abortSignal: AbortSignal },
): Promise<OutputFile> {
  const { entry, maxBytes, abortSignal } = options;
  const { path, size } = entry;
  const mediaType = mediaTypeOf(path);
  if (size > maxBytes) return { path, size, mediaType, reason: `The file is larger than the limit of ${maxBytes} bytes.` };
  try {
    const content = await call.session.sandbox.readBinaryFile({ path, maxBytes, abortSignal });
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

function markOf(entry: TreeEntry | SkippedEntry): string {
  return `${entry.size ?? ''}:${entry.modifiedMs ?? ''}`;
}
