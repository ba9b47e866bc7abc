import type { ByteSpan } from './byte-span.ts';

/** Returns the length of an incomplete UTF-8 character at the end of a span, 0 to 3 bytes. */
export function incompleteCharacterLength({ bytes, start, end }: ByteSpan): number {
  for (let length = 1; length <= Math.min(3, end - start); length += 1) {
    const lead = bytes[end - length] ?? 0;
    if (isContinuationByte(lead)) continue;
    const isPrefix = length < characterLength(lead) && (length === 1 || isSecondByte(lead, bytes[end - length + 1] ?? 0));
    return isPrefix ? length : 0;
  }
  return 0;
}

export function isContinuationByte(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

function characterLength(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 1;
}

/**
 * Returns true if a decoder accepts the second byte. At this byte, a decoder rejects overlong forms, surrogates and values above U+10FFFF.
 */
function isSecondByte(lead: number, second: number): boolean {
  if (lead === 0xe0) return second >= 0xa0;
  if (lead === 0xed) return second <= 0x9f;
  if (lead === 0xf0) return second >= 0x90;
  return lead === 0xf4 ? second <= 0x8f : true;
}
