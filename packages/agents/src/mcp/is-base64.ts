import type { Steps } from '@sandpod/core/backend';

const PIECE_CHARACTERS = 64 * 1024;

/** Returns true if the text is base64. Line breaks are allowed. This check is necessary because Node decodes any text without an error. */
export function* isBase64(text: string): Steps<boolean> {
  const padding = text.indexOf('=');
  const end = padding < 0 ? text.length : padding;
  const rest = text.slice(end);
  if (!/^(?:=\s*){0,2}$/.test(rest)) return false;
  let digits = rest.replace(/\s/g, '').length;
  for (let start = 0; start < end; start += PIECE_CHARACTERS) {
    const piece = text.slice(start, Math.min(end, start + PIECE_CHARACTERS));
    if (!/^[A-Za-z\d+/\s]*$/.test(piece)) return false;
    for (let index = 0; index < piece.length; index += 1) if (piece.charCodeAt(index) > 0x20) digits += 1;
    yield;
  }
  return digits % 4 === 0;
}
