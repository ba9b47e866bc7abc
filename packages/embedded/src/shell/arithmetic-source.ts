import { parse } from 'just-bash';

/** Matches an arithmetic command with a shift, where a command can start. */
const SHIFT = /(^|[;&|{}\n]|\b(?:if|elif|while|until|do|then|else)\s)([ \t]*)\(\(([^\n]*?<<[^\n]*?)\)\)/g;

/** Rewrites arithmetic that just-bash cannot parse. Returns other source as is. */
export function withParsableArithmetic(source: string): string {
  return withShifts(source.replace(/^.*\$\(\(.*\(\(.*$/gm, separateParentheses));
}

/**
 * Rewrites `((x<<=1))` to `(( $((x<<=1)) != 0 ))`, because just-bash reads `<<` in an arithmetic command as the start of a
 * here-document.
 */
function withShifts(source: string): string {
  const rewritten = source.replace(SHIFT, '$1$2(( $(($3)) != 0 ))');
  return rewritten === source || canParse(source) || !canParse(rewritten) ? source : rewritten;
}

function canParse(source: string): boolean {
  try {
    parse(source);
    return true;
  } catch {
    return false;
  }
}

/** Rewrites `$(( ((a+b)*c) ))` to `$(( ( (a+b)*c) ))`, because just-bash expects `))` at the end of `((`. Leaves quoted text alone. */
function separateParentheses(line: string): string {
  if (line.includes("'")) return line;
  let separated = '';
  let from = 0;
  for (let start = line.indexOf('$(('); start >= 0; start = line.indexOf('$((', from)) {
    const end = endOfArithmetic(line, start + 1);
    separated +=
      line.slice(from, start + 3) +
      line.slice(start + 3, end).replace(/\((?=\()/g, (_, at: number) => (line[start + 2 + at] === '$' ? '(' : '( '));
    from = end;
  }
  return separated + line.slice(from);
}

/** Returns the position after the parenthesis that closes the one at `start`, or the end of the line. */
function endOfArithmetic(line: string, start: number): number {
  let depth = 0;
  for (let at = start; at < line.length; at += 1) {
    if (line[at] === '(') depth += 1;
    if (line[at] === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return line.length;
}
