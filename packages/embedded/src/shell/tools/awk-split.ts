/** Removes blanks at both ends. Programs with {@link correctSplit} need it. */
export const AWK_TRIM = 'function sandpod_trim(s) { gsub(/^[ \\t\\n]+|[ \\t\\n]+$/, "", s); return s }\n';

interface AwkCall {
  readonly arguments: readonly string[];
  /** The position after the closing parenthesis. */
  readonly end: number;
}

/** Rewrites `split(text, list, " ")`: the awk of just-bash splits at each single space, and not at other blanks. */
export function correctSplit(program: string): string {
  let corrected = '';
  let from = 0;
  for (const { 0: name, index } of program.matchAll(/\bsplit\s*\(/g)) {
    const call = index < from ? undefined : callAt(program, index + name.length);
    const [text = '', list = '', separator] = call?.arguments ?? [];
    if (call === undefined || call.arguments.length !== 3 || separator?.trim() !== '" "') continue;
    corrected += `${program.slice(from, index)}${blankSplit(correctSplit(text), list)}`;
    from = call.end;
  }
  return corrected + program.slice(from);
}

/** The text is evaluated once, because it can have side effects. */
function blankSplit(text: string, list: string): string {
  return `((sandpod_text = sandpod_trim(${text})) == "" ? 0 * split("", ${list}) : split(sandpod_text, ${list}, /[ \\t\\n]+/))`;
}

/** Returns the call whose arguments begin at `start`, or undefined if it has no closing parenthesis. */
function callAt(program: string, start: number): AwkCall | undefined {
  const found: string[] = [];
  let depth = 0;
  let from = start;
  for (const { 0: token, index } of program.slice(start).matchAll(/"(?:\\[\s\S]|[^"\\])*"|[()[\],]/g)) {
    const at = start + index;
    if (depth === 0 && (token === ',' || token === ')')) {
      found.push(program.slice(from, at));
      from = at + 1;
      if (token === ')') return { arguments: found, end: from };
    } else if (token === '(' || token === '[') depth += 1;
    else if (token === ')' || token === ']') depth -= 1;
  }
  return undefined;
}
