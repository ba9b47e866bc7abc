import { type CodeResult, resultToWire } from '@sandpod/core';

/** Characters that JSON does not escape but that control a terminal: DEL, C1 controls and direction marks. */
const unsafe = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A result as one JSON document; the content of files is base64. */
export function resultDocument(result: CodeResult): string {
  return toDocument(resultToWire(result));
}

/** Writes a value as indented JSON that is safe to show in a terminal. */
export function toDocument(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
