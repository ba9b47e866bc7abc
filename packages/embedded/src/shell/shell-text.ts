/** Converts bytes to a string with one character per byte. The shell represents bytes in this form. */
export function bytesToLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

const byteEncodings = new Set(['binary', 'latin1', 'ascii']);

/** Converts the output of a shell command to bytes. */
export function contentToBytes(content: string | Uint8Array, options?: unknown): Uint8Array {
  if (typeof content !== 'string') return content;
  const encoding = typeof options === 'object' && options !== null ? (options as { readonly encoding?: unknown }).encoding : options;
  if (encoding === 'base64' || encoding === 'hex') return new Uint8Array(Buffer.from(content, encoding));
  const isBytes = byteEncodings.has(String(encoding)) && !hasWideCharacter(content);
  return new Uint8Array(Buffer.from(content, isBytes ? 'latin1' : 'utf8'));
}

/**
 * Returns true if the text has a character above 255. Such a string is plain text, regardless of its kind, because a string that
 * represents bytes has no such character.
 */
function hasWideCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 255) return true;
  return false;
}
