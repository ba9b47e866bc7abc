import { type Outcome, type Program, type Sandbox, SandpodError } from '@sandpod/core';
import { BaseSandbox, type EditResult, type ExecuteResponse, type FileDownloadResponse, type FileUploadResponse } from 'deepagents';
import { cleanLine } from '../shared/index.ts';
import { type CommandResult, runInSandbox } from '../shared/run-in-sandbox.ts';
import { toSandboxPath } from './backend-paths.ts';
import type { ValidBackendOptions } from './deep-agents-backend-options.ts';
import { type Edit, editText } from './edit-text.ts';
import { fileOperationError } from './file-operation-error.ts';
import { withStep } from './signal-of-step.ts';

/** Maximum size in bytes of a file that can be edited. */
const MAX_EDITED_BYTES = 8 * 1024 * 1024;

const EDIT_PROBLEMS: Readonly<Record<Extract<Edit, { problem: string }>['problem'], (path: string) => string>> = {
  missing: (path) => `String not found in file '${path}'`,
  several: (path) => `Multiple occurrences found in '${path}'. Use replaceAll=true to replace all.`,
  'too-many': (path) => `Too many occurrences found in '${path}': at most 100,000 are replaced. Use a command instead.`,
};

/** Returns the output of commands as is: deepagents builds its file tools on that output. */
export class RawBackend extends BaseSandbox {
  readonly id: string;
  readonly #sandbox: Sandbox;
  readonly #options: ValidBackendOptions;

  constructor(sandbox: Sandbox, options: ValidBackendOptions) {
    super();
    this.id = sandbox.id;
    this.#sandbox = sandbox;
    this.#options = options;
  }

  /**
   * Runs a shell command. Returns a failure as a result. Throws if the command is aborted, or if the sandbox was gone before the command
   * started.
   */
  override async execute(command: string): Promise<ExecuteResponse> {
    try {
      const result = await this.run({ command });
      return {
        output: outputText(result),
        exitCode: result.exitCode ?? exitCodeOfLoss(result.outcome),
        truncated: result.truncated !== undefined,
      };
    } catch (error) {
      if (!SandpodError.isInstance(error) || error.code !== 'invalid-options') throw error;
      return { output: `[The command was not run. ${cleanLine(error.message)}]\n`, exitCode: CANNOT_RUN_EXIT_CODE, truncated: false };
    }
  }

  protected run(program: Program): Promise<CommandResult> {
    const { timeoutMs, env, keptOutputBytes: keptBytes } = this.#options;
    return runInSandbox(this.#sandbox, { ...program, timeoutMs, env, keptBytes, abortSignal: this.signal() });
  }

  /** Returns a signal for the current operation. */
  protected signal(): AbortSignal | undefined {
    return withStep(this.#options.abortSignal);
  }

  protected pathOf(path: string): string {
    return toSandboxPath(path, this.#sandbox.workspace);
  }

  /** Uploads the files independently of each other. Throws if the sandbox is gone. */
  override async uploadFiles(files: [string, Uint8Array][]): Promise<FileUploadResponse[]> {
    const abortSignal = this.signal();
    return Promise.all(
      files.map(async ([path, content]) => {
        try {
          await this.#sandbox.writeBinaryFile({ path: this.pathOf(path), content, abortSignal });
          return { path, error: null };
        } catch (error) {
          return { path, error: fileOperationError(error) };
        }
      }),
    );
  }

  /** Works like deepagents' edit, but limits the file size and does not block the event loop, because a guest may have written the file. */
  override async edit(...parameters: Parameters<BaseSandbox['edit']>): Promise<EditResult> {
    const [path, oldString, newString, replaceAll = false] = parameters;
    if (oldString === '') return super.edit(...parameters);
    const abortSignal = this.signal();
    const text = await this.#readForEdit(path);
    if (typeof text !== 'string') return text;
    const edit = await editText(text, { oldString, newString, replaceAll, abortSignal });
    if ('problem' in edit) return { error: EDIT_PROBLEMS[edit.problem](path) };
    const [upload] = await this.uploadFiles([[path, new TextEncoder().encode(edit.text)]]);
    if (upload?.error) return { error: `Failed to write edited file '${path}': ${upload.error}` };
    return { path, filesUpdate: null, occurrences: edit.occurrences };
  }

  /** Downloads the files independently of each other. Throws if the sandbox is gone. */
  override async downloadFiles(paths: string[]): Promise<FileDownloadResponse[]> {
    const abortSignal = this.signal();
    return Promise.all(
      paths.map(async (path): Promise<FileDownloadResponse> => {
        try {
          const content = await this.#sandbox.readBinaryFile({ path: this.pathOf(path), abortSignal });
          return content === null ? { path, content: null, error: 'file_not_found' } : { path, content: plainBytes(content), error: null };
        } catch (error) {
          return { path, content: null, error: fileOperationError(error) };
        }
      }),
    );
  }

  /** Reads a text file for an edit. A path that cannot be read counts as missing, as in deepagents' edit. */
  async #readForEdit(path: string): Promise<string | EditResult> {
    const missing = { error: `Error: File '${path}' not found` };
    try {
      const text = await this.#sandbox.readTextFile({ path: this.pathOf(path), maxBytes: MAX_EDITED_BYTES, abortSignal: this.signal() });
      return text ?? missing;
    } catch (error) {
      if (SandpodError.isInstance(error) && error.code === 'file-too-large')
        return { error: `File '${path}' is too large to edit: it has more than ${MAX_EDITED_BYTES} bytes. Use a command instead.` };
      fileOperationError(error);
      return missing;
    }
  }
}

/** Returns a plain `Uint8Array` that uses the same memory. `JSON.stringify` writes a `Buffer` differently. */
function plainBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** The conventional exit code of a command that reached its time limit. */
const TIMEOUT_EXIT_CODE = 124;
/** The conventional exit code of a command that a shell cannot execute. */
const CANNOT_RUN_EXIT_CODE = 126;

/** Returns an exit code for a command that has none. In some places, deepagents would treat an unknown exit code as success. */
function exitCodeOfLoss(outcome: Outcome): number {
  return outcome === 'timeout' ? TIMEOUT_EXIT_CODE : 1;
}

/** Returns the output. If the command did not end by itself, the reason follows the output. */
function outputText({ output, exitCode, reason }: CommandResult): string {
  if (exitCode !== null || reason === undefined) return output;
  const lineEnd = output === '' || output.endsWith('\n') ? '' : '\n';
  return `${output}${lineEnd}[${cleanLine(reason)}]\n`;
}
