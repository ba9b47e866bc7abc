import type { CallToolResult, McpServer, ServerContext } from '@modelcontextprotocol/server';
import { type DirectoryEntry, isTmpCodeFile, type SandboxFiles } from '@sandpod/core';
import { inTurns, mapInTurns, parseWorkspacePath } from '@sandpod/core/backend';
import { z } from 'zod';
import { firstByName, shownPath, toolInputSchema } from '../shared/index.ts';
import { isBase64 } from './is-base64.ts';
import { registerReadTool } from './read-tool.ts';
import { errorAnswer, type ToolTarget } from './tool-target.ts';

/** Maximum length of the content, in characters. */
const MAX_CONTENT_CHARACTERS = 8 * 1024 * 1024;
/** Maximum number of directory entries that are listed. */
const MAX_ENTRIES = 1_000;

const path = z.string().min(1).max(4_096).describe('A path relative to the working directory.');

/** Registers `read_file`, `write_file` and `list_files` if the target keeps files. Paths never leave the working directory. */
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
    description: 'Writes a file in the working directory of the sandbox. Creates parent directories and replaces an existing file.',
    inputSchema: toolInputSchema({
      path,
      content: z.string().max(MAX_CONTENT_CHARACTERS),
      encoding: z.enum(['utf-8', 'base64']).default('utf-8').describe('Encoding of content: text, or bytes as base64.'),
    }),
    outputSchema: z.object({ path: z.string(), size: z.number() }),
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  };
  server.registerTool('write_file', config, (input, context) =>
    target.enter(context, async () => {
      const place = parseWorkspacePath(input.path);
      const isValid = input.encoding !== 'base64' || (await inTurns(isBase64(input.content), context.mcpReq.signal));
      if (!isValid) return errorAnswer(NOT_BASE64);
      const content = Buffer.from(input.content, input.encoding);
      await files.writeBinaryFile({ path: place, content, timeoutMs: target.fileTimeoutMs, abortSignal: context.mcpReq.signal });
      const written = { path: place, size: content.byteLength };
      return { content: [{ type: 'text', text: `Wrote ${written.size} bytes to ${shownPath(place)}.` }], structuredContent: written };
    }),
  );
}

const NOT_BASE64 =
  'The content is not base64, so nothing was written. Pass only the padded base64, without a prefix such as "data:", or omit encoding for text.';

function registerListTool(server: McpServer, { target, files }: FileTool): void {
  const config = {
    title: 'List files',
    description: 'Lists a directory in the sandbox, by default the working directory.',
    inputSchema: toolInputSchema({ path: path.default('.') }),
    outputSchema: z.object({
      entries: z.array(z.object({ name: z.string(), type: z.enum(['file', 'directory', 'symlink', 'other']) })),
      omitted: z.number().describe('Number of entries that are not listed.'),
    }),
    annotations: { readOnlyHint: true, openWorldHint: false },
  };
  server.registerTool('list_files', config, (input, context) =>
    target.enter(context, async () => {
      const place = directoryPath(input.path);
      const options = { path: place, timeoutMs: target.fileTimeoutMs, abortSignal: context.mcpReq.signal };
      const entries = await files.listDirectory(options);
      return entries === null ? errorAnswer(`The directory ${shownPath(place)} does not exist.`) : listAnswer(entries, context);
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

async function listAnswer(found: readonly DirectoryEntry[], { mcpReq: { signal } }: ServerContext): Promise<CallToolResult> {
  const shown = found.filter(({ name }) => !isTmpCodeFile(name));
  const first = await firstByName(shown, { count: MAX_ENTRIES, abortSignal: signal });
  const show = ({ name, type }: DirectoryEntry): Pick<DirectoryEntry, 'name' | 'type'> => ({ name: shownPath(name), type });
  const entries = await mapInTurns(first, { map: show, abortSignal: signal });
  const omitted = shown.length - entries.length;
  const lines = entries.map(({ name, type }) => `${name}${MARKS[type]}`);
  if (omitted > 0) lines.push(`[... ${omitted} more ...]`);
  return { content: [{ type: 'text', text: lines.join('\n') || '(empty)' }], structuredContent: { entries, omitted } };
}
