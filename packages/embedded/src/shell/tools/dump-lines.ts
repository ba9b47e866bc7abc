import type { ToolRun } from './tool.ts';

/** A line of a dump. */
export interface DumpLine {
  /** The position of the line's first byte. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

export function* linesOfBytes(bytes: Uint8Array, size: number): Generator<DumpLine> {
  for (let at = 0; at < bytes.length; at += size) yield { at, bytes: bytes.subarray(at, at + size) };
}

/** Splits bytes into lines. Unless `showsAll` is true, a single `'*'` replaces all lines that repeat the line before them. */
export function* squeezedLines(
  bytes: Uint8Array,
  { size, showsAll }: { readonly size: number; readonly showsAll: boolean },
): Generator<DumpLine | '*'> {
  let previous: Uint8Array | undefined;
  let isRepeating = false;
  for (const line of linesOfBytes(bytes, size)) {
    const isRepeated = !showsAll && previous !== undefined && Buffer.compare(previous, line.bytes) === 0;
    if (!isRepeated) yield line;
    else if (!isRepeating) yield '*';
    isRepeating = isRepeated;
    previous = line.bytes;
  }
}

/** Returns bytes as text in which dots replace bytes that cannot be printed. */
export function visibleText(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[^ -~]/g, '.');
}

/** Returns the bytes of all files in order. If no files are given, returns the bytes of standard input. */
export async function readAllBytes(tool: ToolRun, files: readonly string[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const file of files.length === 0 ? ['-'] : files) {
    const text = await tool.tryReadBytes(file);
    if (text !== undefined) parts.push(Buffer.from(text, 'latin1'));
  }
  return Buffer.concat(parts);
}
