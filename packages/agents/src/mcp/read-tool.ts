import type { CallToolResult, McpServer } from '@modelcontextprotocol/server';
import { mediaTypeOf, type SandboxFiles, toBase64 } from '@sandpod/core';
import { parseWorkspacePath } from '@sandpod/core/backend';
import { z } from 'zod';
import { cleanLine, cleanText, cutText, resultImages, toolInputSchema } from '../shared/index.ts';
import { errorAnswer, type ToolTarget } from './tool-target.ts';

/** Largest file that can be read, in bytes. */
const MAX_BYTES = 8 * 1024 * 1024;

const inputSchema = toolInputSchema({
  path: z.string().min(1).max(4_096).describe('A path relative to the working directory.'),
  startLine: z.number().int().min(1).optional().describe('First line to read, 1-based.'),
  endLine: z.number().int().min(1).optional().describe('Last line to read, inclusive.'),
  encoding: z
    .enum(['utf-8', 'base64'])
    .default('utf-8')
    .describe('base64 returns the exact bytes; utf-8 returns text without control characters.'),
});

const outputSchema = z.object({
  path: z.string(),
  size: z.number().describe('Size of the whole file in bytes.'),
  content: z.string().optional().describe('Absent for an image, which is returned as an image.'),
  truncated: z.boolean().describe('True if the middle was left out: request a range of lines instead.'),
});

type ReadInput = z.output<typeof inputSchema>;

/** Registers `read_file`. */
export function registerReadTool(
  server: McpServer,
  { target, files }: { readonly target: ToolTarget; readonly files: SandboxFiles },
): void {
  const config = {
    title: 'Read a file',
    description: 'Reads a file in the working directory of the sandbox: text, a range of its lines, or an image.',
    inputSchema,
    outputSchema,
    annotations: { readOnlyHint: true, openWorldHint: false },
  };
  server.registerTool('read_file', config, (input, context) =>
    target.enter(context, async () => {
      const path = parseWorkspacePath(input.path);
      const bytes = await files.readBinaryFile({ path, maxBytes: MAX_BYTES, abortSignal: context.mcpReq.signal });
      if (bytes === null) return errorAnswer(`The file ${cleanLine(path)} does not exist.`);
      return imageAnswer(path, bytes) ?? textAnswer({ bytes, maxCharacters: target.options.maxModelCharacters, input: { ...input, path } });
    }),
  );
}

function imageAnswer(path: string, bytes: Uint8Array): CallToolResult | undefined {
  const mediaType = mediaTypeOf(path);
  const [image] = resultImages({ files: [{ path, mediaType, content: bytes }], results: [] });
  if (image === undefined) return undefined;
  const data = toBase64(bytes);
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
  const whole = input.encoding === 'base64' ? toBase64(bytes) : cleanText(linesOf(bytes, input));
  // Base64 with the middle cut out cannot be decoded.
  if (input.encoding === 'base64' && whole.length > maxCharacters)
    return errorAnswer(
      `The file is too large to return as base64: it has ${bytes.byteLength} bytes, and at most ${maxCharacters} characters are returned.`,
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
