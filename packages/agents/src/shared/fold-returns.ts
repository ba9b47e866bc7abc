/**
 * Returns a text as a terminal would show its lines: text after a carriage return replaces the text before it. A progress bar is thus
 * reduced to its last state, and lines that end in CR LF end in LF.
 */
export function foldReturns(text: string): string {
  if (!text.includes('\r')) return text;
  return text.split('\n').map(foldLine).join('\n');
}

function foldLine(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === '\r') end -= 1;
  return line.slice(end === 0 ? 0 : line.lastIndexOf('\r', end - 1) + 1, end);
}
