import { replaceRuns } from './hidden-characters.ts';

/** Escapes invisible characters in a JSON document. Does not change the document's meaning, spaces or line feeds. */
export function visibleJson(json: string): string {
  return replaceRuns(json, escapeUnits);
}

/** Returns a text in double quotes, with JSON escapes for all invisible characters. */
export function quoteVisibly(text: string): string {
  return visibleJson(JSON.stringify(text));
}

function escapeUnits(run: string): string {
  let escapes = '';
  for (let index = 0; index < run.length; index += 1) escapes += run[index] === '\n' ? '\n' : unitEscape(run.charCodeAt(index));
  return escapes;
}

function unitEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
