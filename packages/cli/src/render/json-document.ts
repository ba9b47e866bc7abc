import { type CodeResult, resultToWire } from '@sandpod/core';
import { visibleJson } from '@sandpod/core/text';

/** Converts a result to a JSON document, in which the content of files is base64. */
export function resultDocument(result: CodeResult): string {
  return toDocument(resultToWire(result));
}

/** Writes a value as indented JSON that is safe to show in a terminal: invisible characters are escaped. */
export function toDocument(value: unknown): string {
  return `${visibleJson(JSON.stringify(value, null, 2))}\n`;
}
