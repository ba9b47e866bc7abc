import type { CallToolResult, McpServer } from '@modelcontextprotocol/server';
import { mediaTypeOf, type SandboxFiles, toBase64 } from '@sandpod/core';
import { z } from 'zod';
import { MODEL_IMAGE_TYPES, readCleanText, resultImages, shownPath, toolInputSchema } from '../shared/index.ts';
import { pathField } from './file-input.ts';
import { fileLink } from './file-resource.ts';
import { errorAnswer, type ToolTarget } from './tool-target.ts';

/** Largest file that is returned as base64 or as an image, in bytes. */
const MAX_BYTES = 8 * 1024 * 1024;

const inputSchema = toolInputSchema({
  path: pathField,
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
    target.answer(context, async () => {
      const path = await target.pathOf(input.path, context);
      const { canLink, fileTimeoutMs: timeoutMs } = target;
      const { maxModelCharacters } = target.options;
      const read: Read = { ...input, maxModelCharacters, timeoutMs, files, path, canLink, abortSignal: context.mcpReq.signal };
      const stat = await files.stat(read);
      return stat === null ? missing(read) : ((await answerOf(read, stat.size)) ?? missing(read));
    }),
  );
}

interface Read extends ReadInput {
  readonly files: SandboxFiles;
  readonly maxModelCharacters: number;
  readonly timeoutMs: number;
  readonly canLink: boolean;
  readonly abortSignal: AbortSignal;
}

/** Reads the file in the requested encoding. Returns undefined if the file is gone. */
async function answerOf(read: Read, size: number): Promise<CallToolResult | undefined> {
  if (read.encoding === 'base64') return base64Answer(read, size);
  const image = MODEL_IMAGE_TYPES.includes(mediaTypeOf(read.path)) ? await imageAnswer(read) : undefined;
  return image ?? textAnswer(read, size);
}

function missing({ path }: Read): CallToolResult {
  return errorAnswer(`The file ${shownPath(path)} does not exist.`);
}

/** Reads the file as an image. Returns undefined if the content does not match the image type that the file name implies. */
async function imageAnswer({ path, files, timeoutMs, abortSignal }: Read): Promise<CallToolResult | undefined> {
  const mediaType = mediaTypeOf(path);
  const content = (await files.readBinaryFile({ path, maxBytes: MAX_BYTES, timeoutMs, abortSignal })) ?? undefined;
  const [image] = resultImages({ files: [{ path, mediaType, content }], results: [] });
  if (image === undefined) return undefined;
  const { byteLength } = image.data;
  return {
    content: [
      { type: 'text', text: `${shownPath(path)} (${mediaType}, ${byteLength} bytes)` },
      { type: 'image', mimeType: mediaType, data: toBase64(image.data) },
    ],
    structuredContent: { path, size: byteLength, truncated: false },
  };
}

/** Reads the file as base64. A large file is an error, because base64 with the middle cut out cannot be decoded. */
async function base64Answer(read: Read, size: number): Promise<CallToolResult | undefined> {
  const { path, files, timeoutMs, abortSignal, maxModelCharacters } = read;
  const maxBytes = Math.min(MAX_BYTES, Math.floor(maxModelCharacters / 4) * 3);
  if (size > maxBytes)
    return linkedError(
      `The file is too large to return as base64: it has ${size} bytes, and at most ${maxModelCharacters} characters are returned.`,
      { ...read, size },
    );
  const bytes = await files.readBinaryFile({ path, maxBytes, timeoutMs, abortSignal });
  return bytes === null ? undefined : contentAnswer(path, { content: toBase64(bytes), size: bytes.byteLength, truncated: false });
}

async function textAnswer(read: Read, size: number): Promise<CallToolResult | undefined> {
  const { path, files, maxModelCharacters: maxCharacters } = read;
  const found = await readCleanText(files, { ...read, maxCharacters });
  if (found === null) return undefined;
  if (found.kind === 'binary')
    return linkedError(`${shownPath(path)} is not a text file: it has ${size} bytes. Request it with the encoding base64.`, {
      ...read,
      size,
    });
  return contentAnswer(path, { content: found.text, size, truncated: found.isCut });
}

/** An error result with a link, so that a client can still fetch the file. */
function linkedError(text: string, file: Pick<Read, 'path' | 'canLink'> & { readonly size: number }): CallToolResult {
  const { content, ...answer } = errorAnswer(text);
  return { ...answer, content: file.canLink ? [...content, fileLink(file)] : content };
}

function contentAnswer(
  path: string,
  content: { readonly content: string; readonly size: number; readonly truncated: boolean },
): CallToolResult {
  return { content: [{ type: 'text', text: content.content }], structuredContent: { path, ...content } };
}
