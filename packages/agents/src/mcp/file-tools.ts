import type { CallToolResult, McpServer } from '@modelcontextprotocol/server';
import type { DirectoryEntry, SandboxFiles } from '@sandpod/core';
import { parseWorkspacePath } from '@sandpod/core/backend';
import { z } from 'zod';
import { cleanLine, toolInputSchema } from '../shared/index.ts';
import { registerReadTool } from './read-tool.ts';
import { errorAnswer, type ToolTarget } from './tool-target.ts';

/** Longest content that is accepted, in characters. */
const MAX_CONTENT_CHARACTERS = 8 * 1024 * 1024;
/** Entries of one directory that are told. */
const MAX_ENTRIES = 1_000;

const path = z.string().min(1).max(4_096).describe('A path relative to the working directory.');

/** Registers `read_file`, `write_file` and `list_files`, where the target keeps files. Paths never leave the working directory. */
export function registerFileTools(server: McpServer, target: ToolTarget): void {
  const { files } = target;
  if (files === undefined) return;
  registerReadTool(server, { target, files });
  registerWriteTool(server, { target, files });
  registerListTool(server, { target, files });
}

interface FileTool {
  readonly target: ToolTarget;
  readonly files: SandboxFiles;
}

function registerWriteTool(server: McpServer, { target, files }: FileTool): void {
  const config = {
    title: 'Write a file',
    description: 'Writes a file in the working directory of the sandbox; directories are made, an existing file is replaced.',
    inputSchema: toolInputSchema({
      path,
      content: z.string().max(MAX_CONTENT_CHARACTERS),
      encoding: z.enum(['utf-8', 'base64']).default('utf-8').describe('How content stands for the bytes of the file.'),
    }),
    outputSchema: z.object({ path: z.string(), size: z.number() }),
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  };
  server.registerTool('write_file', config, (input, context) =>
    target.enter(context, async () => {
      const place = parseWorkspacePath(input.path);
      if (input.encoding === 'base64' && !isBase64(input.content)) return errorAnswer(NOT_BASE64);
      const content = Buffer.from(input.content, input.encoding);
      await files.writeBinaryFile({ path: place, content, abortSignal: context.mcpReq.signal });
      const written = { path: place, size: content.byteLength };
      return { content: [{ type: 'text', text: `Wrote ${written.size} bytes to ${cleanLine(place)}.` }], structuredContent: written };
    }),
  );
}

const NOT_BASE64 =
  'The content is not base64, so nothing was written. Give the padded base64 of the bytes alone, without a prefix such as "data:", or leave encoding out for text.';

/** Node would decode what it can of any text. Lines may be broken. */
function isBase64(text: string): boolean {
  const packed = text.replace(/\s+/g, '');
  return packed.length % 4 === 0 && !/[^A-Za-z\d+/]/.test(packed.replace(/={1,2}$/, ''));
}

function registerListTool(server: McpServer, { target, files }: FileTool): void {
  const config = {
    title: 'List files',
    description: 'Lists one directory of the sandbox, by default the working directory.',
    inputSchema: toolInputSchema({ path: path.default('.') }),
    outputSchema: z.object({
      entries: z.array(z.object({ name: z.string(), type: z.enum(['file', 'directory', 'symlink', 'other']) })),
      omitted: z.number().describe('How many more there are.'),
    }),
    annotations: { readOnlyHint: true, openWorldHint: false },
  };
  server.registerTool('list_files', config, (input, context) =>
    target.enter(context, async () => {
      const place = directoryPath(input.path);
      const entries = await files.listDirectory({ path: place, abortSignal: context.mcpReq.signal });
      return entries === null ? errorAnswer(`There is no directory ${cleanLine(place)}.`) : listAnswer(entries);
    }),
  );
}

function directoryPath(given: string): string {
  const stripped = given.replace(/\/+$/, '').replace(/^(\.\/+)+/, '');
  return stripped === '.' || (stripped === '' && !given.startsWith('/')) ? '.' : parseWorkspacePath(stripped || given);
}

const MARKS: Readonly<Record<DirectoryEntry['type'], string>> = {
  file: '',
  directory: '/',
  symlink: ' (link)',
  other: ' (neither file nor directory)',
};

function listAnswer(found: readonly DirectoryEntry[]): CallToolResult {
  const sorted = found.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const entries = sorted.slice(0, MAX_ENTRIES).map(({ name, type }) => ({ name: cleanLine(name), type }));
  const omitted = sorted.length - entries.length;
  const lines = entries.map(({ name, type }) => `${name}${MARKS[type]}`);
  if (omitted > 0) lines.push(`[... ${omitted} more ...]`);
  return { content: [{ type: 'text', text: lines.join('\n') || '(empty)' }], structuredContent: { entries, omitted } };
}
