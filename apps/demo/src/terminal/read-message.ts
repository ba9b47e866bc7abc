const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** Reads a message: one line or, if the line opens a fence, all lines up to the closing fence. */
export async function readMessage(next: (prompt: string) => Promise<string | undefined>, prompt: string): Promise<string | undefined> {
  const first = await next(prompt);
  const fence = FENCE.exec(first ?? '')?.[1];
  if (first === undefined || fence === undefined) return first;
  const lines = [first];
  for (let line = await next('. '); line !== undefined; line = await next('. ')) {
    lines.push(line);
    if (isClosing(line, fence)) break;
  }
  return lines.join('\n');
}

function isClosing(line: string, fence: string): boolean {
  const marks = line.trim();
  return marks.length >= fence.length && [...marks].every((mark) => mark === fence[0]);
}
