/** A fenced code block of a Markdown page. A marker line above it can connect it to a file. */
export interface Fence {
  /** Relative to the root of the project; undefined if there is no marker above the fence. */
  readonly source: string | undefined;
  readonly language: string;
  readonly code: string;
  /** Number of the opening line, from 1. */
  readonly line: number;
}

const OPENING = /^```(\w*)$/;
const MARKER = /^<!-- ((?:examples|packages)\/\S+) -->$/;

/** The top-level backtick fences of a page, in order. */
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

/** Returns the page with the fences under a marker filled from `read(source)`. */
export function fillFences(page: string, read: (source: string) => string): string {
  const lines = page.split('\n');
  for (const fence of readFences(page).reverse()) {
    if (fence.source === undefined) continue;
    lines.splice(fence.line, fence.code === '' ? 0 : fence.code.split('\n').length, ...read(fence.source).trimEnd().split('\n'));
  }
  return lines.join('\n');
}
