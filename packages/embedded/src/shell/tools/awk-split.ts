/** Removes blanks at both ends. Programs with {@link correctSplit} need it. */
export const AWK_TRIM = 'function sandpod_trim(s) { gsub(/^[ \\t\\n]+|[ \\t\\n]+$/, "", s); return s }\n';

/** Rewrites `split(text, list, " ")`: the awk of just-bash splits at each single space, and not at other blanks. */
export function correctSplit(program: string): string {
  let rest = program;
  let done = '';
  for (let match = /\bsplit\s*\(/.exec(rest); match !== null; match = /\bsplit\s*\(/.exec(rest)) {
    const start = match.index + match[0].length;
    const [text, list, separator, ...more] = argumentsAt(rest, start);
    const isBlank = text !== undefined && list !== undefined && separator?.trim() === '" "' && more.length === 0;
    const length = isBlank ? text.length + list.length + separator.length + 3 : 0;
    done += rest.slice(0, match.index);
    if (isBlank) {
      const trimmed = `sandpod_trim(${correctSplit(text)})`;
      done += `(${trimmed} == "" ? 0 * split("", ${list}) : split(${trimmed}, ${list}, /[ \\t\\n]+/))`;
    } else done += match[0];
    rest = rest.slice(start + length);
  }
  return done + rest;
}

/** Returns the arguments of a call up to its closing parenthesis; none if there is no such parenthesis. */
function argumentsAt(program: string, start: number): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = start;
  for (const { 0: token, index } of program.slice(start).matchAll(/"(?:\\[\s\S]|[^"\\])*"|[()[\],]/g)) {
    const at = start + index;
    if (token === '(' || token === '[') depth += 1;
    if (depth === 0 && (token === ',' || token === ')')) {
      found.push(program.slice(from, at));
      from = at + 1;
      if (token === ')') return found;
    }
    if (token === ')' || token === ']') depth -= 1;
  }
  return [];
}
