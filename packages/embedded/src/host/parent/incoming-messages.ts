import { malformedAnswer } from '@sandpod/core/backend';
import { z } from 'zod';
import type { FrameHeader } from '../protocol/frame.ts';

const id = z.number().int().positive();
const bytes = z.number().int().nonnegative();

/** The messages that a child process may send. They are all checked, because guest code may control the child process. */
const incomingSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('started'), id }),
  z.object({ type: z.literal('data'), id, stream: z.enum(['stdout', 'stderr']).optional() }),
  z.object({ type: z.literal('credit'), id, bytes }),
  z.object({ type: z.literal('result'), id, value: z.unknown() }),
  z.object({ type: z.literal('failure'), id, code: z.string().max(100), message: z.string().max(10_000) }),
]);

export type IncomingMessage = z.infer<typeof incomingSchema>;

/** Parses a header. Returns undefined if the header is not part of the protocol. */
export function parseIncoming(header: FrameHeader): IncomingMessage | undefined {
  return incomingSchema.safeParse(header).data;
}

const fileType = z.enum(['file', 'directory', 'symlink', 'device']);
const reason = z.string().max(2000);

export const statResultSchema: z.ZodType<{ type: z.infer<typeof fileType>; size: number; modifiedMs: number } | null> = z
  .object({ type: fileType, size: bytes, modifiedMs: z.number() })
  .nullable();

export const deleteResultSchema: z.ZodType<boolean> = z.boolean();

export const namesResultSchema: z.ZodType<string[]> = z.array(z.string().max(4096)).max(10_000);

const lostOutcome = z.enum(['timeout', 'output-limit', 'memory-limit', 'disk-limit', 'session-lost']);

export type SpawnResult =
  | { kind: 'exit'; exitCode: number; reason?: string | undefined }
  | { kind: 'lost'; outcome: z.infer<typeof lostOutcome>; reason: string }
  | { kind: 'killed' };

export const spawnResultSchema: z.ZodType<SpawnResult> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exit'), exitCode: z.number().int().min(0).max(255), reason: reason.optional() }),
  z.object({ kind: z.literal('lost'), outcome: lostOutcome, reason }),
  z.object({ kind: z.literal('killed') }),
]);

/** Checks the result of a call. @throws {SandpodError} `transport` if the result does not match the schema. */
export function parseResult<Value>(schema: z.ZodType<Value>, value: unknown): Value {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw malformedAnswer('the result of a call', typeof value);
  return parsed.data;
}
