import { z } from 'zod';
import type { ExecutionEvent } from '../contract/execution-event.ts';
import { validateOptions } from '../options/validate-options.ts';
import {
  fileFromWire,
  fileToWire,
  resultFromWire,
  resultToWire,
  richResultSchema,
  type WireFile,
  type WireResult,
  wireBlockSchema,
  wireFileSchema,
} from './wire-result.ts';

/** The JSON form of an execution event. */
export type WireEvent =
  | Exclude<ExecutionEvent, { readonly type: 'file' | 'end' }>
  | { readonly type: 'file'; readonly file: WireFile }
  | { readonly type: 'end'; readonly result: WireResult };

const index = z.int().min(0);
const progressSchema = z.object({ phase: z.string(), message: z.string(), fraction: z.number().min(0).max(1).optional() });

const wireEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('status'), progress: progressSchema }),
  z.object({ type: z.literal('block-start'), index, language: z.string(), codeFile: z.string().optional() }),
  z.object({ type: z.literal('stdout'), index, text: z.string() }),
  z.object({ type: z.literal('stderr'), index, text: z.string() }),
  z.object({ type: z.literal('result'), index, result: richResultSchema }),
  z.object({ type: z.literal('block-end'), index, result: wireBlockSchema }),
  z.object({ type: z.literal('file'), file: wireFileSchema }),
  z.object({ type: z.literal('end'), result: z.unknown() }),
]);

export function eventToWire(event: ExecutionEvent): WireEvent {
  if (event.type === 'file') return { type: 'file', file: fileToWire(event.file) };
  if (event.type === 'end') return { type: 'end', result: resultToWire(event.result) };
  return event;
}

/** Parses an event that another process sent. @throws {SandpodError} `invalid-options` with the path of each invalid field. */
export function eventFromWire(value: unknown): ExecutionEvent {
  const event = validateOptions(wireEventSchema, value, 'event');
  if (event.type === 'file') return { type: 'file', file: fileFromWire(event.file) };
  if (event.type === 'end') return { type: 'end', result: resultFromWire(event.result) };
  return event as ExecutionEvent;
}
