import { SandpodError } from '@sandpod/core';

/** Longer items travel as counted bytes; shorter ones as lines, which the shell reads without starting another program. */
const LINE_ITEM_BYTES = 2048;
/** Large frames would reset some connections, and the launcher holds one in memory. */
const FRAME_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/** One value as the launcher reads it: arbitrary bytes except NUL. */
export function encodeItem(value: string | Uint8Array): Uint8Array {
  const bytes = Buffer.from(value);
  if (bytes.includes(0)) throw new SandpodError({ code: 'invalid-options', message: 'Expected a value without NUL, given one with NUL.' });
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

/** Whether content can be an item that the shell writes into a file by itself. */
export function isSmallText(content: Uint8Array): boolean {
  return content.byteLength <= LINE_ITEM_BYTES && !content.includes(0);
}

/** Content cut into frames, each with its size before it. The end is {@link LAST_FRAME}. */
export function* encodeFrames(content: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < content.byteLength; start += FRAME_BYTES) {
    const frame = content.subarray(start, start + FRAME_BYTES);
    yield Buffer.concat([Buffer.from(`${frame.byteLength}\n`), frame]);
  }
}

export const LAST_FRAME: Uint8Array = Buffer.from('0\n');

/** In place of a frame: there is no more, and what came is to be forgotten. */
export const STOP_FRAME: Uint8Array = Buffer.from('stop\n');
