import type { CallToolResult, McpServer, ServerContext } from '@modelcontextprotocol/server';
import { type DirectoryEntry, isTmpCodeFile, type SandboxFiles } from '@sandpod/core';
import { mapInTurns } from '@sandpod/core/backend';
import { z } from 'zod';
import { firstByName, shownPath, toolInputSchema } from '../shared/index.ts';
import { pathField } from './file-input.ts';
import { errorAnswer, type ToolTarget } from './tool-target.ts';

/** Maximum number of directory entries that are listed. */
const MAX_ENTRIES = 1_000;

/** Registers `list_files`. */
export function registerListTool(
  server: McpServer,
  { target, files }: { readonly target: ToolTarget; readonly files: SandboxFiles },
): void {
  const config = {
    title: 'List files',
    description: 'Lists a directory in the sandbox, by default the working directory.',
    inputSchema: toolInputSchema({ path: pathField.default('.') }),
    outputSchema: z.object({
      entries: z.array(z.object({ name: z.string(), type: z.enum(['file', 'directory', 'symlink', 'other']) })),
      omitted: z.number().describe('Number of entries that are not listed.'),
    }),
    annotations: { readOnlyHint: true, openWorldHint: false },
  };
  server.registerTool('list_files', config, (input, context) =>
    target.answer(context, async () => {
      const path = await target.pathOf(input.path.replace(/(?<=[^/])\/+$/, ''), context);
      const entries = await files.listDirectory({ path, timeoutMs: target.fileTimeoutMs, abortSignal: context.mcpReq.signal });
      return entries === null ? errorAnswer(`The directory ${shownPath(path)} does not exist.`) : listAnswer(entries, context);
    }),
  );
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
