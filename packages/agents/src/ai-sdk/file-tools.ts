import { type DirectoryEntry, isTmpCodeFile, type Sandbox, type SandboxSession } from '@sandpod/core';
import { mapInTurns, validateOptions } from '@sandpod/core/backend';
import type { Tool } from 'ai';
import { z } from 'zod';
import { adapterShape } from '../shared/adapter-options.ts';
import { firstByName } from '../shared/first-by-name.ts';
import { readCleanText } from '../shared/read-clean-text.ts';
import { shownPath } from '../shared/shown-path.ts';
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
 * If an operation fails, the tool returns an error that the model reads. If a call is aborted, it throws.
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
        const content = await readCleanText(session, { ...input, maxCharacters: maxModelCharacters });
        if (content === null) return missing(input.path);
        if (content.kind === 'binary') return { isError: true, text: `${shownPath(input.path)} is not a text file.` };
        return { isError: false, text: content.text };
      },
    }),
    write_file: fileTool({
      description: 'Writes a text file in the sandbox. Creates parent directories and replaces an existing file.',
      inputSchema: toolInputSchema({ path, content: z.string().max(MAX_WRITTEN_CHARACTERS) }),
      run: async (input) => {
        await session.writeTextFile(input);
        return { isError: false, text: `Wrote ${input.content.length} characters to ${shownPath(input.path)}.` };
      },
    }),
    list_files: fileTool({
      description: 'Lists a directory in the sandbox.',
      inputSchema: toolInputSchema({ path: path.default('.') }),
      run: async (input) => {
        const entries = await session.listDirectory(input);
        if (entries === null) return missing(input.path);
        const shown = entries.filter(({ name }) => !isTmpCodeFile(name));
        const first = await firstByName(shown, { count: MAX_ENTRIES, abortSignal: input.abortSignal });
        const show = ({ name, type }: DirectoryEntry): string => `${shownPath(name)}${SUFFIXES[type]}`;
        const names = await mapInTurns(first, { map: show, abortSignal: input.abortSignal });
        const more = shown.length > names.length ? [`[... ${shown.length - names.length} more ...]`] : [];
        return { isError: false, text: [...names, ...more].join('\n') || 'The directory is empty.' };
      },
    }),
    delete_file: fileTool({
      description: 'Deletes a file in the sandbox.',
      inputSchema: toolInputSchema({ path }),
      run: async (input) =>
        (await session.deleteFile(input)) ? { isError: false, text: `Deleted ${shownPath(input.path)}.` } : missing(input.path),
    }),
  };
}

const SUFFIXES = { file: '', directory: '/', symlink: ' (link)', other: ' (not a regular file)' } as const;

function missing(given: string): FileToolOutput {
  return { isError: true, text: `${shownPath(given)} does not exist.` };
}
