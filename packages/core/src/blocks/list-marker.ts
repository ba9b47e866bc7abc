import type { LineCursor } from './line-cursor.ts';

/** If more white space than this follows a marker, the extra belongs to the content of the item. */
const MAX_PADDING = 4;

/** The marker at the start of a list item. */
export interface ListMarker {
  readonly length: number;
  readonly isEmpty: boolean;
  /** True if the item can interrupt a paragraph. The item must have content, and a numbered item must have the number 1. */
  readonly canInterruptParagraph: boolean;
}

export function parseListMarker(text: string): ListMarker | undefined {
  const [marker = '', number] = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/.exec(text) ?? [];
  if (marker === '') return undefined;
  const isEmpty = /^[ \t]*$/.test(text.slice(marker.length));
  return { length: marker.length, isEmpty, canInterruptParagraph: !isEmpty && (number === undefined || Number(number) === 1) };
}

/** Consumes a marker and the white space after it. Returns the indent of the item's content, in columns. */
export function enterItem(cursor: LineCursor, marker: ListMarker): number {
  const { indent } = cursor;
  cursor.skipCharacters(marker.length);
  const space = cursor.indent;
  const padding = marker.isEmpty || space > MAX_PADDING ? 1 : space;
  cursor.skipColumns(padding);
  return indent + marker.length + padding;
}
