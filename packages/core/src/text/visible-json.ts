import { replaceHidden } from './hidden-characters.ts';

/** Escapes invisible characters in a JSON document. Does not change the document's meaning, spaces or line feeds. */
export function visibleJson(json: string): string {
  return replaceHidden(json, (character) => (character === '\n' ? character : escapeUnits(character)));
}

/** Returns a text in double quotes, with JSON escapes for all invisible characters. */
export function quoteVisibly(text: string): string {
  return visibleJson(JSON.stringify(text));
}

function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) => unitEscape(character.charCodeAt(index))).join('');
}

function unitEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
