import type { KernelMessage } from '@sandpod/core';
import { z } from 'zod';
import { type KernelFrame, MalformedFrame } from './frame-reader.ts';

const MAXIMUM_DEPTH = 100;
const MAXIMUM_NAMES = 100;

const OPEN = new Set([0x5b, 0x7b]);
const CLOSE = new Set([0x5d, 0x7d]);
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const bundle = z.record(z.string().max(200), z.unknown()).refine((value) => Object.keys(value).length <= MAXIMUM_NAMES);

const ready = z.object({ version: z.string().max(200) });
const display = z.object({
  data: bundle,
  metadata: bundle.optional(),
  isMain: z.boolean(),
  update: z.boolean(),
  displayId: z.string().max(200).optional(),
});
const clear = z.object({ wait: z.boolean() });
const error = z.object({ name: z.string().max(1000), value: z.string(), traceback: z.array(z.string()).max(1000) });
const done = z.object({ id: z.string().max(100), count: z.int().min(0) });

export type DoneFrame = z.output<typeof done>;

export function readReady(frame: KernelFrame): { readonly version: string } {
  return parse(frame, ready);
}

export function readDone(frame: KernelFrame): DoneFrame {
  return parse(frame, done);
}

/** Returns the message in a frame about a running cell, or undefined if the frame is something else. @throws {MalformedFrame} */
export function readMessage(frame: KernelFrame): KernelMessage | undefined {
  const { letter, payload } = frame;
  if (letter === 'o') return { type: 'stream', stream: 'stdout', bytes: payload };
  if (letter === 'e') return { type: 'stream', stream: 'stderr', bytes: payload };
  if (letter === 'd') return toDisplay(parse(frame, display));
  if (letter === 'c') return { type: 'clear', ...parse(frame, clear) };
  if (letter === 'x') return { type: 'error', error: parse(frame, error) };
  return undefined;
}

function toDisplay({ data, metadata, isMain, update, displayId }: z.output<typeof display>): KernelMessage {
  const details = metadata === undefined || Object.keys(metadata).length === 0 ? {} : { metadata };
  const result = { data, ...details, isMainResult: isMain, ...(displayId === undefined ? {} : { displayId }) };
  return { type: 'display', result, isUpdate: update };
}

function parse<Schema extends z.ZodType>({ letter, payload }: KernelFrame, schema: Schema): z.output<Schema> {
  if (!isShallow(payload)) throw new MalformedFrame(`a frame of type ${letter} is nested too deeply`);
  try {
    return schema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)));
  } catch (cause) {
    throw new MalformedFrame(`a frame of type ${letter} is malformed`, { cause });
  }
}

/** Checks the depth before the text is parsed, because functions that walk through deep values can exhaust the stack. */
function isShallow(json: Uint8Array): boolean {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at] ?? 0;
    if (isInText && byte === BACKSLASH) at++;
    else if (byte === QUOTE) isInText = !isInText;
    else if (isInText) continue;
    else if (OPEN.has(byte) && ++depth > MAXIMUM_DEPTH) return false;
    else if (CLOSE.has(byte)) depth--;
  }
  return true;
}
