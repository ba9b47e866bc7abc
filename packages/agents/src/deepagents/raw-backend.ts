import type { Outcome, Sandbox } from '@sandpod/core';
import { BaseSandbox, type ExecuteResponse, type FileDownloadResponse, type FileUploadResponse } from 'deepagents';
import { cleanLine } from '../shared/index.ts';
import { type CommandResult, runInSandbox } from '../shared/run-in-sandbox.ts';
import type { ValidBackendOptions } from './deep-agents-backend-options.ts';
import { fileOperationError } from './file-operation-error.ts';

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

  /** Runs a shell command. A failure is a result. An abort is thrown, and so is a sandbox that was gone before the start. */
  override async execute(command: string): Promise<ExecuteResponse> {
    const { timeoutMs, env, keptOutputBytes: keptBytes, abortSignal } = this.#options;
    const result = await runInSandbox(this.#sandbox, { command, timeoutMs, env, keptBytes, abortSignal });
    return {
      output: outputText(result),
      exitCode: result.exitCode ?? exitCodeOfLoss(result.outcome),
      truncated: result.truncated !== undefined,
    };
  }

  /** Uploads the files independently of each other. Throws if the sandbox is gone. */
  override async uploadFiles(files: [string, Uint8Array][]): Promise<FileUploadResponse[]> {
    const { abortSignal } = this.#options;
    return Promise.all(
      files.map(async ([path, content]) => {
        try {
          await this.#sandbox.writeBinaryFile({ path, content, abortSignal });
          return { path, error: null };
        } catch (error) {
          return { path, error: fileOperationError(error) };
        }
      }),
    );
  }

  /** Downloads the files independently of each other. Throws if the sandbox is gone. */
  override async downloadFiles(paths: string[]): Promise<FileDownloadResponse[]> {
    const { abortSignal } = this.#options;
    return Promise.all(
      paths.map(async (path): Promise<FileDownloadResponse> => {
        try {
          const content = await this.#sandbox.readBinaryFile({ path, abortSignal });
          return content === null ? { path, content: null, error: 'file_not_found' } : { path, content: plainBytes(content), error: null };
        } catch (error) {
          return { path, content: null, error: fileOperationError(error) };
        }
      }),
    );
  }
}

/** The same memory as a plain `Uint8Array`: `JSON.stringify` writes a `Buffer` differently. */
function plainBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** The conventional exit code of a command that reached its time limit. */
const TIMEOUT_EXIT_CODE = 124;

/** deepagents treats an unknown exit code as success in some places, so a command without an exit code returns 1. */
function exitCodeOfLoss(outcome: Outcome): number {
  return outcome === 'timeout' ? TIMEOUT_EXIT_CODE : 1;
}

/** The output, followed by the reason if the command did not end by itself. */
function outputText({ output, exitCode, reason }: CommandResult): string {
  if (exitCode !== null || reason === undefined) return output;
  const lineEnd = output === '' || output.endsWith('\n') ? '' : '\n';
  return `${output}${lineEnd}[${cleanLine(reason)}]\n`;
}
