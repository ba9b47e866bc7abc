/** Maps each image type to a check of the first bytes. SVG is text without a signature, so its check searches for a tag. */
const SIGNATURES: Readonly<Record<string, (data: Buffer) => boolean>> = {
  'image/png': (data) => data.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')),
  'image/jpeg': (data) => data.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  'image/gif': (data) => /^GIF8[79]a$/.test(data.toString('latin1', 0, 6)),
  'image/webp': (data) => data.toString('latin1', 0, 4) === 'RIFF' && data.toString('latin1', 8, 12) === 'WEBP',
  'image/svg+xml': (data) => data.toString('utf8', 0, 4_096).includes('<svg'),
};

/** Returns true if the first bytes of the content match its media type. Returns false for unknown types. */
export function hasImageSignature({ mediaType, data }: { readonly mediaType: string; readonly data: Uint8Array }): boolean {
  return SIGNATURES[mediaType]?.(Buffer.from(data.buffer, data.byteOffset, data.byteLength)) ?? false;
}
