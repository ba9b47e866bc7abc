import { z } from 'zod';
import type { BlockResult, CodeResult, OutputFile } from '../contract/code-result.ts';
import { OUTCOMES } from '../contract/outcome.ts';
import { validateOptions } from '../options/validate-options.ts';

/** JSON form of an output file. `content` is base64. */
export interface WireFile extends Omit<OutputFile, 'content'> {
  readonly content?: string;
}

/** JSON form of a result. */
export interface WireResult extends Omit<CodeResult, 'files'> {
  readonly files: readonly WireFile[];
}

const truncationSchema = z.object({ totalBytes: z.int().min(0), keptBytes: z.int().min(0), omittedBytes: z.int().min(0) });
export const richResultSchema = z.object({
  data: z.record(z.string(), z.unknown()),
  metadata: z.record(z.string(), z.unknown()).optional(),
  isMainResult: z.boolean(),
  displayId: z.string().optional(),
});
const endingShape = {
  outcome: z.enum(OUTCOMES),
  exitCode: z.int().nullable(),
  codeFile: z.string().optional(),
  output: z.string(),
  stdout: z.string(),
  stderr: z.string(),
  truncated: z.object({ stdout: truncationSchema.optional(), stderr: truncationSchema.optional() }).optional(),
  results: z.array(richResultSchema),
  durationMs: z.number().min(0),
  reason: z.string().optional(),
} as const;

export const wireBlockSchema: z.ZodType<BlockResult> = z.object({
  ...endingShape,
  language: z.string(),
  error: z.object({ name: z.string(), value: z.string(), traceback: z.array(z.string()) }).optional(),
  executionCount: z.int().optional(),
}) as z.ZodType<BlockResult>;

export const wireFileSchema: z.ZodType<WireFile> = z.object({
  path: z.string(),
  size: z.int().min(0),
  mediaType: z.string(),
  content: z.base64().optional(),
  reason: z.string().optional(),
}) as z.ZodType<WireFile>;

const wireResultSchema: z.ZodType<WireResult> = z.object({
  ...endingShape,
  blocks: z.array(wireBlockSchema),
  files: z.array(wireFileSchema),
  stateLost: z.boolean(),
  startMs: z.number().min(0).optional(),
}) as z.ZodType<WireResult>;

/** Encodes bytes as base64 without copying them first. */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

export function fileToWire({ content, ...file }: OutputFile): WireFile {
  return content === undefined ? file : { ...file, content: toBase64(content) };
}

export function fileFromWire({ content, ...file }: WireFile): OutputFile {
  return content === undefined ? file : { ...file, content: Buffer.from(content, 'base64') };
}

export function resultToWire(result: CodeResult): WireResult {
  return { ...result, files: result.files.map(fileToWire) };
}

/** Parses a result that another process sent. @throws {SandpodError} `invalid-options` with the path of each invalid field. */
export function resultFromWire(value: unknown): CodeResult {
  const result = validateOptions(wireResultSchema, value, 'result');
  return { ...result, files: result.files.map(fileFromWire) };
}
