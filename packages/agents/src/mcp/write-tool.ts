import type { McpServer } from '@modelcontextprotocol/server';
import { type SandboxFiles, SandpodError } from '@sandpod/core';
import { inTurns } from '@sandpod/core/backend';
import { z } from 'zod';
import { shownPath, toolInputSchema } from '../shared/index.ts';
import { pathField } from './file-input.ts';
import { isBase64 } from './is-base64.ts';
import { errorAnswer, type ToolTarget } from './tool-target.ts';

/** Maximum length of the content, in characters. */
const MAX_CONTENT_CHARACTERS = 8 * 1024 * 1024;

const inputSchema = toolInputSchema({
  path: pathField,
  content: z.string().max(MAX_CONTENT_CHARACTERS),
  encoding: z.enum(['utf-8', 'base64']).default('utf-8').describe('Encoding of content: text, or bytes as base64.'),
  offset: z
    .number()
    .int()
    .min(0)
    .default(0)
    .describe(
      'Number of bytes of the existing file to keep; content replaces the rest. To write a large file in parts, pass the size that the previous call returned.',
    ),
});

/** Registers `write_file`. */
export function registerWriteTool(
  server: McpServer,
  { target, files }: { readonly target: ToolTarget; readonly files: SandboxFiles },
): void {
  const config = {
    title: 'Write a file',
    description: 'Writes a file in the working directory of the sandbox. Creates parent directories and replaces an existing file.',
    inputSchema,
    outputSchema: z.object({ path: z.string(), size: z.number().describe('Size of the whole file in bytes.') }),
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
  };
  server.registerTool('write_file', config, (input, context) =>
    target.answer(context, async () => {
      const path = await target.pathOf(input.path, context);
      const { signal: abortSignal } = context.mcpReq;
      const isValid = input.encoding !== 'base64' || (await inTurns(isBase64(input.content), abortSignal));
      if (!isValid) return errorAnswer(NOT_BASE64);
      const content = Buffer.from(input.content, input.encoding);
      const { offset } = input;
      await writeAt(files, { path, content, offset, timeoutMs: target.fileTimeoutMs, abortSignal });
      const written = { path, size: offset + content.byteLength };
      const text = `Wrote ${content.byteLength} bytes to ${shownPath(path)}${offset > 0 ? `, which now has ${written.size} bytes` : ''}.`;
      return { content: [{ type: 'text', text }], structuredContent: written };
    }),
  );
}

interface WriteAt {
  readonly path: string;
  readonly content: Uint8Array;
  readonly offset: number;
  readonly timeoutMs: number;
  readonly abortSignal: AbortSignal;
}

/** Writes a file that consists of the first `offset` bytes of the existing file and the content. Memory is limited by the content. */
async function writeAt(files: SandboxFiles, { path, content, offset, timeoutMs, abortSignal }: WriteAt): Promise<void> {
  if (offset === 0) return files.writeBinaryFile({ path, content, timeoutMs, abortSignal });
  const existing = await files.readFile({ path, timeoutMs, abortSignal });
  const joined = ReadableStream.from(joinParts({ path, offset, content, existing })) as ReadableStream<Uint8Array>;
  await files.writeFile({ path, content: joined, timeoutMs, abortSignal });
}

/** The write fails if this fails, so a file that is too short stays as it was. */
async function* joinParts(parts: {
  readonly path: string;
  readonly offset: number;
  readonly content: Uint8Array;
  readonly existing: ReadableStream<Uint8Array> | null;
}): AsyncGenerator<Uint8Array, void, void> {
  const { path, offset, content, existing } = parts;
  let missing = offset;
  for await (const chunk of existing ?? []) {
    yield chunk.subarray(0, missing);
    missing -= Math.min(missing, chunk.byteLength);
    if (missing === 0) break;
  }
  if (missing > 0) throw tooShort(path, { offset, size: offset - missing });
  yield content;
}

function tooShort(path: string, { offset, size }: { readonly offset: number; readonly size: number }): SandpodError {
  return new SandpodError({
    code: 'invalid-options',
    message: `offset: expected at most the size of ${shownPath(path)}, which is ${size} bytes, given ${offset}; nothing was written.`,
  });
}

const NOT_BASE64 =
  'The content is not base64, so nothing was written. Pass only the padded base64, without a prefix such as "data:", or omit encoding for text.';
