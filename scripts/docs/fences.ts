/** A fenced code block of a Markdown page. A marker line above it can connect it to a file. */
export interface Fence {
  /** Path of the file, relative to the root of the project. Undefined if there is no marker above the fence. */
  readonly source: string | undefined;
  readonly language: string;
  readonly code: string;
  /** Number of the opening line. The first line of the page is 1. */
  readonly line: number;
}

const OPENING = /^```(\w*)$/;
const MARKER = /^<!-- ((?:examples|packages)\/\S+) -->$/;

/** Returns the top-level backtick fences of a page, in order. */
export function readFences(page: string): Fence[] {
  const lines = page.split('\n');
  const fences: Fence[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const language = OPENING.exec(lines[index] ?? '')?.[1];
    if (language === undefined) continue;
    const end = lines.indexOf('```', index + 1);
    if (end < 0) throw new Error(`The fence in line ${index + 1} is never closed.`);
    const source = MARKER.exec(lines[index - 1] ?? '')?.[1];
    fences.push({ source, language, code: lines.slice(index + 1, end).join('\n'), line: index + 1 });
    index = end;
  }
  return fences;
}

/** Returns the page. Each fence that has a marker contains the text that `read(source)` returns. */
export function fillFences(page: string, read: (source: string) => string): string {
  const lines = page.split('\n');
  for (const fence of readFences(page).reverse()) {
    if (fence.source === undefined) continue;
    lines.splice(fence.line, fence.code === '' ? 0 : fence.code.split('\n').length, ...read(fence.source).trimEnd().split('\n'));
  }
  return lines.join('\n');
}
