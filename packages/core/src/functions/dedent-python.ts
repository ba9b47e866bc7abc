import { scanPython } from './scan-python.ts';

/**
 * Removes the indentation of the first statement from every line that does not begin inside a string, so that an indented
 * function becomes a top-level function. Afterwards, lines end with `\n`.
 */
export function dedentPython(text: string): string {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const { lines, margins } = scanPython(source);
  const indentation = lines[0]?.indentation ?? '';
  if (indentation === '') return source.trim();
  const pieces = margins.map((margin, index) => withoutMargin(source.slice(margin, margins[index + 1]), indentation));
  return pieces.join('').trim();
}

function withoutMargin(line: string, indentation: string): string {
  return line.startsWith(indentation) ? line.slice(indentation.length) : line.replace(/^[ \t\f]+/, '');
}
