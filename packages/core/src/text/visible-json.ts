import { replaceHidden } from './hidden-characters.ts';

/** Escapes characters that people cannot see. Keeps the meaning of the JSON document, and the spaces and line feeds in it. */
export function visibleJson(json: string): string {
  return replaceHidden(json, (character) => (character === '\n' ? character : escapeUnits(character)));
}

/** Returns a text in double quotes. Uses JSON escapes for all characters that people cannot see. */
export function quoteVisibly(text: string): string {
  return visibleJson(JSON.stringify(text));
}

function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) => unitEscape(character.charCodeAt(index))).join('');
}

function unitEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
