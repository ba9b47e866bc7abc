import { replaceHidden } from './hidden-characters.ts';

/** Escapes what JSON leaves as is but people cannot see. The document keeps its meaning; its spaces and line feeds stay. */
export function visibleJson(json: string): string {
  return replaceHidden(json, (character) => (character === '\n' ? character : escapeUnits(character)));
}

/** A text in double quotes, with JSON's escapes for everything that people cannot see. */
export function quoteVisibly(text: string): string {
  return visibleJson(JSON.stringify(text));
}

function escapeUnits(character: string): string {
  return Array.from({ length: character.length }, (_, index) => unitEscape(character.charCodeAt(index))).join('');
}

function unitEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
