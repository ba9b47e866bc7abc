import type { LineCursor } from './line-cursor.ts';

/** More white space than this after a marker belongs to the item's content. */
const MAX_PADDING = 4;

/** The marker that begins an item of a list. */
export interface ListMarker {
  readonly length: number;
  readonly isEmpty: boolean;
  /** A paragraph is only interrupted by an item that has content and, when numbered, begins with 1. */
  readonly canInterruptParagraph: boolean;
}

export function parseListMarker(text: string): ListMarker | undefined {
  const [marker = '', number] = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/.exec(text) ?? [];
  if (marker === '') return undefined;
  const isEmpty = /^[ \t]*$/.test(text.slice(marker.length));
  return { length: marker.length, isEmpty, canInterruptParagraph: !isEmpty && (number === undefined || Number(number) === 1) };
}

/** Consumes a marker with the white space after it; returns how many columns the item's content is indented. */
export function enterItem(cursor: LineCursor, marker: ListMarker): number {
  const { indent } = cursor;
  cursor.skipCharacters(marker.length);
  const space = cursor.indent;
  const padding = marker.isEmpty || space > MAX_PADDING ? 1 : space;
  cursor.skipColumns(padding);
  return indent + marker.length + padding;
}
