import { SandpodError } from '@sandpod/core';

/** Longer items are sent as counted bytes. Shorter items are sent as lines, which the shell reads without starting another program. */
const LINE_ITEM_BYTES = 2048;
/** Larger frames would reset some connections, and the launcher keeps a whole frame in memory. */
const FRAME_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/** Encodes one value for the launcher: arbitrary bytes except NUL. */
export function encodeItem(value: string | Uint8Array): Uint8Array {
  const bytes = Buffer.from(value);
  if (bytes.includes(0))
    throw new SandpodError({ code: 'invalid-options', message: 'Expected a value without NUL, given a value with NUL.' });
  if (bytes.length > LINE_ITEM_BYTES) return Buffer.concat([Buffer.from(`#${bytes.length}\n`), bytes]);
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    lines.push(Buffer.from('+'), bytes.subarray(start, end + 1));
    start = end + 1;
  }
  return Buffer.concat([...lines, Buffer.from('='), bytes.subarray(start), Buffer.from('\n')]);
}

export function encodeItems(values: readonly (string | number | Uint8Array)[]): Uint8Array {
  return Buffer.concat(values.map((value) => encodeItem(typeof value === 'number' ? String(value) : value)));
}

/** Returns true if content can be sent as an item. The shell can write such content to a file without starting another program. */
export function isSmallText(content: Uint8Array): boolean {
  return content.byteLength <= LINE_ITEM_BYTES && !content.includes(0);
}

/** Splits content into frames, each preceded by its size. {@link LAST_FRAME} marks the end. */
export function* encodeFrames(content: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < content.byteLength; start += FRAME_BYTES) {
    const frame = content.subarray(start, start + FRAME_BYTES);
    yield Buffer.concat([Buffer.from(`${frame.byteLength}\n`), frame]);
  }
}

export const LAST_FRAME: Uint8Array = Buffer.from('0\n');

/** Sent instead of a frame to stop a write. No more content follows, and the launcher discards the content that it has received. */
export const STOP_FRAME: Uint8Array = Buffer.from('stop\n');
