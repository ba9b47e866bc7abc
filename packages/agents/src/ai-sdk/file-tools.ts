import type { Sandbox, SandboxSession } from '@sandpod/core';
import { validateOptions } from '@sandpod/core/backend';
import type { Tool } from 'ai';
import { z } from 'zod';
import { adapterShape } from '../shared/adapter-options.ts';
import { cleanLine, cleanText } from '../shared/clean-text.ts';
import { cutText } from '../shared/cut-text.ts';
import { toolInputSchema } from '../shared/tool-input-schema.ts';
import { type FileToolOutput, fileTool } from './file-tool.ts';
import { sessionOf } from './session-of.ts';

export interface FileToolsOptions {
  /** Characters of a file that the model reads at once, half from the start and half from the end. At least 100. Default 20,000. */
  readonly maxModelCharacters?: number | undefined;
}

interface PathInput {
  readonly path: string;
}
export interface ReadFileInput extends PathInput {
  readonly startLine?: number | undefined;
  readonly endLine?: number | undefined;
}
export interface WriteFileInput extends PathInput {
  readonly content: string;
}

export interface FileTools {
  readonly read_file: Tool<ReadFileInput, FileToolOutput>;
  readonly write_file: Tool<WriteFileInput, FileToolOutput>;
  readonly list_files: Tool<PathInput, FileToolOutput>;
  readonly delete_file: Tool<PathInput, FileToolOutput>;
}

const MAX_WRITTEN_CHARACTERS = 10_000_000;
const MAX_ENTRIES = 500;

const optionsSchema = z.strictObject({ maxModelCharacters: adapterShape.maxModelCharacters });
const path = z.string().min(1).describe('Relative to the workspace.');
const line = z.int().min(1).optional();

/**
 * Text files of a sandbox as tools of the AI SDK, to be spread into `tools`: read, write, list and delete.
 *
 * What cannot be done is told to the model as an error; an abort is thrown.
 *
 * @throws {SandpodError} `invalid-options`.
 */
export function fileTools(sandbox: Sandbox | SandboxSession, options: FileToolsOptions = {}): FileTools {
  const { maxModelCharacters } = validateOptions(optionsSchema, options, 'fileTools');
  const session = sessionOf(sandbox);
  return {
    read_file: fileTool({
      description: 'Reads a text file of the sandbox, or a range of its lines.',
      inputSchema: toolInputSchema({ path, startLine: line, endLine: line }),
      run: async (input) => {
        const text = await session.readTextFile(withoutUndefined(input));
        if (text === null) return missing(input.path);
        if (text.includes('\0')) return { isError: true, text: `${cleanLine(input.path)} is not a text file.` };
        return { isError: false, text: cutText(cleanText(text), maxModelCharacters) };
      },
    }),
    write_file: fileTool({
      description: 'Writes a text file in the sandbox; parent directories are made, an existing file is replaced.',
      inputSchema: toolInputSchema({ path, content: z.string().max(MAX_WRITTEN_CHARACTERS) }),
      run: async (input) => {
        await session.writeTextFile(input);
        return { isError: false, text: `Wrote ${input.content.length} characters to ${cleanLine(input.path)}.` };
      },
    }),
    list_files: fileTool({
      description: 'Lists one directory of the sandbox.',
      inputSchema: toolInputSchema({ path: path.default('.') }),
      run: async (input) => {
        const entries = await session.listDirectory(input);
        if (entries === null) return missing(input.path);
        const names = entries.map(({ name, type }) => `${cleanLine(name)}${SUFFIXES[type]}`).sort();
        const more = names.length > MAX_ENTRIES ? [`[... ${names.length - MAX_ENTRIES} more ...]`] : [];
        return { isError: false, text: [...names.slice(0, MAX_ENTRIES), ...more].join('\n') || 'The directory is empty.' };
      },
    }),
    delete_file: fileTool({
      description: 'Deletes a file of the sandbox.',
      inputSchema: toolInputSchema({ path }),
      run: async (input) =>
        (await session.deleteFile(input)) ? { isError: false, text: `Deleted ${cleanLine(input.path)}.` } : missing(input.path),
    }),
  };
}

const SUFFIXES = { file: '', directory: '/', symlink: ' (link)', other: ' (no file)' } as const;

function missing(given: string): FileToolOutput {
  return { isError: true, text: `There is no ${cleanLine(given)}.` };
}

function withoutUndefined({ path: given, startLine, endLine, ...rest }: ReadFileInput & { abortSignal?: AbortSignal }): {
  path: string;
  startLine?: number;
  endLine?: number;
  abortSignal?: AbortSignal;
} {
  return { path: given, ...(startLine === undefined ? {} : { startLine }), ...(endLine === undefined ? {} : { endLine }), ...rest };
}
