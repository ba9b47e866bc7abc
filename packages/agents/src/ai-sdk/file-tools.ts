import { isTmpCodeFile, type Sandbox, type SandboxSession } from '@sandpod/core';
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
  /** Maximum number of characters read from a file at once; a longer text is cut in the middle. At least 100. Default 20,000. */
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
 * Creates AI SDK tools to read, write, list and delete text files in a sandbox. Spread them into `tools`.
 *
 * If an operation fails, the model reads an error. An abort is thrown.
 *
 * @throws {SandpodError} `invalid-options`.
 */
export function fileTools(sandbox: Sandbox | SandboxSession, options: FileToolsOptions = {}): FileTools {
  const { maxModelCharacters } = validateOptions(optionsSchema, options, 'fileTools');
  const session = sessionOf(sandbox);
  return {
    read_file: fileTool({
      description: 'Reads a text file in the sandbox, or a range of its lines.',
      inputSchema: toolInputSchema({ path, startLine: line, endLine: line }),
      run: async (input) => {
        const text = await session.readTextFile(withoutUndefined(input));
        if (text === null) return missing(input.path);
        if (text.includes('\0')) return { isError: true, text: `${cleanLine(input.path)} is not a text file.` };
        return { isError: false, text: cutText(cleanText(text), maxModelCharacters) };
      },
    }),
    write_file: fileTool({
      description: 'Writes a text file in the sandbox. Creates parent directories and replaces an existing file.',
      inputSchema: toolInputSchema({ path, content: z.string().max(MAX_WRITTEN_CHARACTERS) }),
      run: async (input) => {
        await session.writeTextFile(input);
        return { isError: false, text: `Wrote ${input.content.length} characters to ${cleanLine(input.path)}.` };
      },
    }),
    list_files: fileTool({
      description: 'Lists a directory in the sandbox.',
      inputSchema: toolInputSchema({ path: path.default('.') }),
      run: async (input) => {
        const entries = await session.listDirectory(input);
        if (entries === null) return missing(input.path);
        const shown = entries.filter(({ name }) => !isTmpCodeFile(name));
        const names = shown.map(({ name, type }) => `${cleanLine(name)}${SUFFIXES[type]}`).sort();
        const more = names.length > MAX_ENTRIES ? [`[... ${names.length - MAX_ENTRIES} more ...]`] : [];
        return { isError: false, text: [...names.slice(0, MAX_ENTRIES), ...more].join('\n') || 'The directory is empty.' };
      },
    }),
    delete_file: fileTool({
      description: 'Deletes a file in the sandbox.',
      inputSchema: toolInputSchema({ path }),
      run: async (input) =>
        (await session.deleteFile(input)) ? { isError: false, text: `Deleted ${cleanLine(input.path)}.` } : missing(input.path),
    }),
  };
}

const SUFFIXES = { file: '', directory: '/', symlink: ' (link)', other: ' (not a regular file)' } as const;

function missing(given: string): FileToolOutput {
  return { isError: true, text: `${cleanLine(given)} does not exist.` };
}

function withoutUndefined({ path: given, startLine, endLine, ...rest }: ReadFileInput & { abortSignal?: AbortSignal }): {
  path: string;
  startLine?: number;
  endLine?: number;
  abortSignal?: AbortSignal;
} {
  return { path: given, ...(startLine === undefined ? {} : { startLine }), ...(endLine === undefined ? {} : { endLine }), ...rest };
}
