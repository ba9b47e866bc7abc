import type { DirectoryEntry, FileStat } from './files.ts';

interface SessionPathOptions {
  path: string;
  abortSignal?: AbortSignal;
}

interface SessionCommandOptions {
  command: string;
  workingDirectory?: string;
  env?: Record<string, string>;
  abortSignal?: AbortSignal;
}

/** A process with the same interface as a process from the AI SDK's sandbox session. */
export interface SessionProcess {
  readonly pid?: number;
  readonly stdout: ReadableStream<Uint8Array>;
  readonly stderr: ReadableStream<Uint8Array>;
  wait(): Promise<{ exitCode: number }>;
  kill(): Promise<void>;
}

export interface WritableSessionProcess extends SessionProcess {
  readonly stdin: WritableStream<Uint8Array>;
}

/**
 * The part of a sandbox that tools may use. Commands run in bash if the sandbox has it, otherwise in sh. It is assignable to
 * `Experimental_SandboxSession` from `ai` 7.
 *
 * It is declared here so that this package does not depend on `ai`. Source: `@ai-sdk/provider-utils` 5.0.81.
 */
export interface SandboxSession {
  readonly description: string;
  readonly readFile: (options: SessionPathOptions) => Promise<ReadableStream<Uint8Array> | null>;
  readonly readBinaryFile: (options: SessionPathOptions) => Promise<Uint8Array | null>;
  readonly readTextFile: (
    options: SessionPathOptions & { encoding?: string; startLine?: number; endLine?: number },
  ) => Promise<string | null>;
  readonly writeFile: (options: SessionPathOptions & { content: ReadableStream<Uint8Array> }) => Promise<void>;
  readonly writeBinaryFile: (options: SessionPathOptions & { content: Uint8Array }) => Promise<void>;
  readonly writeTextFile: (options: SessionPathOptions & { content: string; encoding?: string }) => Promise<void>;
  readonly stat: (options: SessionPathOptions) => Promise<FileStat | null>;
  readonly listDirectory: (options: SessionPathOptions) => Promise<DirectoryEntry[] | null>;
  readonly deleteFile: (options: SessionPathOptions) => Promise<boolean>;
  readonly spawn: {
    (options: SessionCommandOptions & { stdin: true }): Promise<WritableSessionProcess>;
    (options: SessionCommandOptions & { stdin?: false }): Promise<SessionProcess>;
    (options: SessionCommandOptions & { stdin?: boolean }): Promise<SessionProcess | WritableSessionProcess>;
  };
  readonly run: (options: SessionCommandOptions) => Promise<{ exitCode: number; stdout: string; stderr: string }>;
}
