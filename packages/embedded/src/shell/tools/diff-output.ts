import type { Change } from './diff-changes.ts';

const NO_NEWLINE = '\\ No newline at end of file\n';

/** The lines of a text, including their line breaks. */
export type Lines = readonly string[];

export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

function prefixed(prefix: string, lines: Lines): string {
  return lines.map((line) => `${prefix}${line}${line.endsWith('\n') ? '' : `\n${NO_NEWLINE}`}`).join('');
}

function range(from: number, to: number): string {
  return to - from <= 1 ? String(to) : `${from + 1},${to}`;
}

function letterOf(isAddition: boolean, isRemoval: boolean): 'a' | 'c' | 'd' {
  if (isAddition) return 'a';
  return isRemoval ? 'd' : 'c';
}

/** Formats changes in the same way as `diff` without options. */
export function normalDiff(changes: readonly Change[], left: Lines, right: Lines): string {
  return changes
    .map(({ from, to, newFrom, newTo }) => {
      const letter = letterOf(from === to, newFrom === newTo);
      const divider = letter === 'c' ? '---\n' : '';
      const removed = prefixed('< ', left.slice(from, to));
      return `${range(from, to)}${letter}${range(newFrom, newTo)}\n${removed}${divider}${prefixed('> ', right.slice(newFrom, newTo))}`;
    })
    .join('');
}

/** Joins changes whose context overlaps or touches. */
function hunksOf(changes: readonly Change[], context: number): Change[][] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const last = hunks.at(-1);
    const previous = last?.at(-1);
    if (last && previous && change.from - previous.to <= 2 * context) last.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function unifiedRange(from: number, to: number): string {
  const count = to - from;
  return count === 1 ? String(to) : `${count === 0 ? from : from + 1},${count}`;
}

function hunk(
  changes: readonly Change[],
  { left, right, context }: { readonly left: Lines; readonly right: Lines; readonly context: number },
): string {
  const first = changes[0] as Change;
  const last = changes.at(-1) as Change;
  const before = Math.min(context, first.from);
  const after = Math.min(context, left.length - last.to);
  let body = '';
  let at = first.from - before;
  for (const { from, to, newFrom, newTo } of changes) {
    body += prefixed(' ', left.slice(at, from)) + prefixed('-', left.slice(from, to)) + prefixed('+', right.slice(newFrom, newTo));
    at = to;
  }
  body += prefixed(' ', left.slice(at, last.to + after));
  const ranges = `-${unifiedRange(first.from - before, last.to + after)} +${unifiedRange(first.newFrom - before, last.newTo + after)}`;
  return `@@ ${ranges} @@\n${body}`;
}

/** Formats changes in the same way as `diff -u`, but without the lines that contain the file names. */
export function unifiedDiff(
  changes: readonly Change[],
  lines: { readonly left: Lines; readonly right: Lines; readonly context: number },
): string {
  return hunksOf(changes, lines.context)
    .map((each) => hunk(each, lines))
    .join('');
}
