import type { CallToolResult, McpServer } from '@modelcontextprotocol/server';
import { mediaTypeOf, type SandboxFiles } from '@sandpod/core';
import { parseWorkspacePath } from '@sandpod/core/backend';
import { z } from 'zod';
import { cleanLine, cleanText, cutText, resultImages, toolInputSchema } from '../shared/index.ts';
import { errorAnswer, type ToolTarget } from './tool-target.ts';

/** Largest file that is read. */
const MAX_BYTES = 8 * 1024 * 1024;

const inputSchema = toolInputSchema({
  path: z.string().min(1).max(4_096).describe('A path relative to the working directory.'),
  startLine: z.number().int().min(1).optional().describe('First line wanted, 1-based.'),
  endLine: z.number().int().min(1).optional().describe('Last line wanted, inclusive.'),
  encoding: z.enum(['utf-8', 'base64']).default('utf-8').describe('base64 gives the exact bytes; text loses control characters.'),
});

const outputSchema = z.object({
  path: z.string(),
  size: z.number().describe('Bytes of the whole file.'),
  content: z.string().optional().describe('Absent for an image, which is returned as one.'),
  truncated: z.boolean().describe('True when the middle was left out: ask for a range of lines.'),
});

type ReadInput = z.output<typeof inputSchema>;

/** Registers `read_file`. */
export function registerReadTool(
  server: McpServer,
  { target, files }: { readonly target: ToolTarget; readonly files: SandboxFiles },
): void {
  const config = {
    title: 'Read a file',
    description: 'Reads a file of the working directory of the sandbox: text, a range of its lines, or an image.',
    inputSchema,
    outputSchema,
    annotations: { readOnlyHint: true, openWorldHint: false },
  };
  server.registerTool('read_file', config, (input, context) =>
    target.enter(context, async () => {
      const path = parseWorkspacePath(input.path);
      const bytes = await files.readBinaryFile({ path, maxBytes: MAX_BYTES, abortSignal: context.mcpReq.signal });
      if (bytes === null) return errorAnswer(`There is no file ${cleanLine(path)}.`);
      return imageAnswer(path, bytes) ?? textAnswer({ bytes, maxCharacters: target.options.maxModelCharacters, input: { ...input, path } });
    }),
  );
}

function imageAnswer(path: string, bytes: Uint8Array): CallToolResult | undefined {
  const mediaType = mediaTypeOf(path);
  const [image] = resultImages({ files: [{ path, mediaType, content: bytes }], results: [] });
  if (image === undefined) return undefined;
  const data = Buffer.from(bytes).toString('base64');
  return {
    content: [
      { type: 'text', text: `${cleanLine(path)} (${mediaType}, ${bytes.byteLength} bytes)` },
      { type: 'image', mimeType: mediaType, data },
    ],
    structuredContent: { path, size: bytes.byteLength, truncated: false },
  };
}

function textAnswer(read: { readonly bytes: Uint8Array; readonly input: ReadInput; readonly maxCharacters: number }): CallToolResult {
  const { bytes, input, maxCharacters } = read;
  const whole = input.encoding === 'base64' ? Buffer.from(bytes).toString('base64') : cleanText(linesOf(bytes, input));
  // Half of a base64 text stands for nothing.
  if (input.encoding === 'base64' && whole.length > maxCharacters)
    return errorAnswer(
      `The file has ${bytes.byteLength} bytes, too many to show as base64: at most ${maxCharacters} characters are returned.`,
    );
  const content = cutText(whole, maxCharacters);
  return {
    content: [{ type: 'text', text: content }],
    structuredContent: { path: input.path, size: bytes.byteLength, content, truncated: content !== whole },
  };
}

function linesOf(bytes: Uint8Array, { startLine = 1, endLine }: ReadInput): string {
  const text = new TextDecoder().decode(bytes);
  if (startLine === 1 && endLine === undefined) return text;
  return text
    .split(/(?<=\n)/)
    .slice(startLine - 1, endLine)
    .join('');
}
