const TYPE_SHORT_ASCII = [0xda, 0xfa, 0x5a, 0x7a];
const LONGEST_SHORT = 255;

/**
 * Replaces the build machine's folder in the file names that a `.pyc` file stores for tracebacks.
 *
 * The names are short ASCII strings in Python's marshal format: a type byte, a length byte, and the text.
 */
export function renameCompiledFile(compiled: Uint8Array, folder: { readonly from: string; readonly to: string }): Uint8Array {
  const bytes = Buffer.from(compiled.buffer, compiled.byteOffset, compiled.byteLength);
  const parts: Uint8Array[] = [];
  let copied = 0;
  for (let at = bytes.indexOf(folder.from); at >= 0; at = bytes.indexOf(folder.from, at + 1)) {
    const length = (bytes[at - 1] ?? 0) - folder.from.length + folder.to.length;
    if (!TYPE_SHORT_ASCII.includes(bytes[at - 2] ?? 0) || length < folder.to.length || length > LONGEST_SHORT) continue;
    parts.push(bytes.subarray(copied, at - 1), Uint8Array.of(length), Buffer.from(folder.to, 'latin1'));
    copied = at + folder.from.length;
  }
  return copied === 0 ? compiled : Buffer.concat([...parts, bytes.subarray(copied)]);
}
