import { posix } from 'node:path';
import { compileGlobs, type Environment, type Sandbox } from '@sandpod/core';
import { filterInTurns } from '@sandpod/core/backend';
import type {
  BaseSandbox,
  EditResult,
  ExecuteResponse,
  FileInfo,
  GlobResult,
  GrepResult,
  LsResult,
  ReadResult,
  WriteResult,
} from 'deepagents';
import { cleanTextInTurns, foldReturns, hintNote } from '../shared/index.ts';
import { globScope, nameGlob, toSearchedPath } from './backend-paths.ts';
import type { ValidBackendOptions } from './deep-agents-backend-options.ts';
import type { FoundFile } from './file-finder.ts';
import { RawBackend } from './raw-backend.ts';
import { MAX_MATCHES } from './text-search.ts';
import { finished, ToolBackend } from './tool-backend.ts';

/** Maximum number of entries that are listed for one directory. */
const MAX_LISTED = 2_000;
/** Returned as an error, because deepagents cannot mark the listing of a directory as incomplete. */
const TOO_MANY_ENTRIES = 'The directory has too many entries to list. Use a command, or glob with a pattern.';
/** The latest time that a date can represent. A guest can set any modification time. */
const MAX_TIME_MS = 8.64e15;

/**
 * Uses a sandbox as the backend of a deep agent: `createDeepAgent({ backend })`.
 *
 * Paths are absolute paths in the sandbox; {@link SandpodBackend.workspace} is the writable directory. It is also what searches without a
 * path search, and it contains deepagents' directories `/large_tool_results` and `/conversation_history`.
 */
export class SandpodBackend extends RawBackend {
  /** Absolute path of the directory that commands start in. */
  readonly workspace: string;
  /** Describes the sandbox for the system prompt. */
  readonly description: string;
  /** The backend for file tools. They read the names and contents of files from the output of commands, so they need the raw output. */
  readonly #tools: ToolBackend;
  readonly #environment: Environment | undefined;

  constructor(sandbox: Sandbox, options: ValidBackendOptions) {
    super(sandbox, options);
    this.workspace = sandbox.workspace;
    this.description = sandbox.description;
    this.#environment = sandbox.environment;
    this.#tools = new ToolBackend(sandbox, options);
  }

  /**
   * Runs a shell command and removes terminal codes from its output. If the sandbox lacks what the command needed, adds a hint. Returns a
   * failure as a result. Throws if the command is aborted, or if the sandbox was gone before the command started.
   */
  override async execute(command: string): Promise<ExecuteResponse> {
    const response = await super.execute(command);
    const output = await cleanTextInTurns(foldReturns(response.output), this.signal());
    const hint = response.exitCode === 0 ? '' : hintNote(output, { outcome: 'failed', environment: this.#environment });
    const lineEnd = output === '' || output.endsWith('\n') ? '' : '\n';
    return { ...response, output: hint === '' ? output : `${output}${lineEnd}[${hint}]\n` };
  }

  /** Lists a directory. For a file, returns the file. Without a path, lists the workspace. */
  override ls(path?: string | null): Promise<LsResult> {
    return finished(async () => {
      const { files, isCut } = await this.#tools.finder.list(posix.resolve(this.workspace, this.pathOf(path ?? '.')));
      if (isCut || files.length > MAX_LISTED) return { error: TOO_MANY_ENTRIES };
      return { files: files.map((file) => toFileInfo(file, file.isDirectory ? `${file.path}/` : file.path)) };
    });
  }

  override async read(path: string, ...range: [offset?: number, limit?: number]): Promise<ReadResult> {
    const result: ReadResult = await finished(() => this.#tools.read(this.pathOf(path), ...range));
    const isBinary = typeof result.content === 'string' && result.content.includes('\0');
    return this.#advise(isBinary ? { error: `File '${path}' contains binary data. Use a command to read it.` } : result, path);
  }

  override async write(path: string, content: string): Promise<WriteResult> {
    return this.#advise(await super.write(path, content), path);
  }

  override async edit(...parameters: Parameters<BaseSandbox['edit']>): Promise<EditResult> {
    return this.#advise(await super.edit(...parameters), parameters[0]);
  }

  /** Finds the lines that contain a literal text. Without a path, searches the workspace. Files with binary data are left out. */
  override grep(...[pattern, path, glob, maxCount]: GrepParameters): Promise<GrepResult> {
    const directory = toSearchedPath(path, this.workspace);
    return finished(async () => {
      const isWanted = glob === null || glob === undefined ? () => true : globFilter(glob, directory);
      const query = { path: directory, pattern, isWanted, name: nameGlob(glob ?? '*'), maxMatches: maxCount ?? MAX_MATCHES };
      const { matches, isCut } = await this.#tools.finder.search(query);
      return { matches: [...matches], truncated: isCut };
    });
  }

  /**
   * Finds files and directories. Without a path, searches the workspace and returns absolute paths. Otherwise, returns paths relative to
   * `path`.
   */
  override glob(pattern: string, path?: string | null): Promise<GlobResult> {
    return finished(async () => {
      const scope = globScope(pattern, path, this.workspace);
      const isMatch = compileGlobs([scope.pattern]);
      const { files, isCut } = await this.#tools.finder.walk(scope.directory);
      const relative = (file: FoundFile): string => posix.relative(scope.directory, file.path);
      const found = await filterInTurns(files, { matches: (file) => isMatch(relative(file)), abortSignal: this.signal() });
      return { files: found.map((file) => toFileInfo(file, scope.isAbsolute ? file.path : relative(file))), truncated: isCut };
    });
  }

  override delete(path: string): ReturnType<BaseSandbox['delete']> {
    return finished(() => this.#tools.delete(this.pathOf(path)));
  }

  /** Adds the name of the workspace to the error of a path elsewhere, because nothing else tells the model where its files are. */
  #advise<Result extends { readonly error?: string }>(result: Result, path: string): Result {
    if (result.error === undefined || `${this.pathOf(path)}/`.startsWith(`${this.workspace}/`)) return result;
    return { ...result, error: `${result.error} (files are in ${this.workspace})` };
  }
}

type GrepParameters = [pattern: string, path?: string | null, glob?: string | null, maxCount?: number | null];

/** Checks the path below a directory against a glob. A glob without a slash applies to the name of the file, in any directory. */
function globFilter(glob: string, directory: string): (path: string) => boolean {
  const isMatch = compileGlobs([glob.replace(/^\/+/, '')]);
  return glob.includes('/')
    ? (path) => isMatch(posix.relative(directory, path) || posix.basename(path))
    : (path) => isMatch(posix.basename(path));
}

function toFileInfo({ isDirectory, size, modifiedMs }: FoundFile, path: string): FileInfo {
  const hasTime = modifiedMs !== undefined && Math.abs(modifiedMs) <= MAX_TIME_MS;
  return { path, is_dir: isDirectory, size, ...(hasTime && { modified_at: new Date(modifiedMs).toISOString() }) };
}
