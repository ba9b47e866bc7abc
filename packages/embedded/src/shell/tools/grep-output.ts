import type { GrepRequest } from './grep.ts';
import { linesOf, type ToolRun } from './tool.ts';
import { optionValue, ToolError } from './tool-options.ts';

export interface GrepText {
  readonly request: GrepRequest;
  readonly name: string;
  readonly text: string;
  readonly showsNames: boolean;
}

function numberOf(request: GrepRequest, name: string): number | undefined {
  const value = optionValue(request.given, name);
  if (value === undefined) return undefined;
  if (!/^\d+$/.test(value)) throw new ToolError(`${value}: invalid context length argument`);
  return Number(value);
}

function isSelected(line: string, { regexes, names }: GrepRequest): boolean {
  const matches = regexes.some((regex) => {
    regex.lastIndex = 0;
    return regex.test(line);
  });
  return matches !== names.has('v');
}

/** Returns all matches in a line that are not empty and do not overlap. */
function matchesIn(line: string, regexes: readonly RegExp[]): { readonly index: number; readonly text: string }[] {
  for (const regex of regexes) regex.lastIndex = 0;
  const all = regexes.flatMap((regex) => [...line.matchAll(regex)].map((match) => ({ index: match.index, text: match[0] })));
  const sorted = all
    .filter(({ text }) => text !== '')
    .sort((left, right) => left.index - right.index || right.text.length - left.text.length);
  let end = 0;
  return sorted.filter(({ index, text }) => {
    if (index < end) return false;
    end = index + text.length;
    return true;
  });
}

class GrepPrinter {
  readonly #tool: ToolRun;
  readonly #options: GrepText;
  readonly #label: string;
  readonly #isColored: boolean;

  constructor(tool: ToolRun, options: GrepText) {
    this.#tool = tool;
    this.#options = options;
    this.#label = options.name === '-' ? '(standard input)' : options.name;
    this.#isColored = optionValue(options.request.given, 'color') === 'always';
  }

  get label(): string {
    return this.#label;
  }

  line(text: string, { number, offset, mark }: { readonly number: number; readonly offset: number; readonly mark: string }): void {
    const { request, showsNames } = this.#options;
    const { names } = request;
    if (this.#isColored && (showsNames || names.has('n')))
      throw new ToolError('colors with file names or line numbers are not supported in this sandbox');
    const nameEnd = names.has('Z') ? '\0' : mark;
    const prefix = `${showsNames ? this.#label + nameEnd : ''}${names.has('n') ? `${number}${mark}` : ''}${names.has('b') ? `${offset}${mark}` : ''}`;
    this.#tool.print(`${prefix}${this.#isColored && mark === ':' ? this.#colored(text) : text}${request.separator}`);
  }

  #colored(text: string): string {
    let at = 0;
    let result = '';
    for (const match of matchesIn(text, this.#options.request.regexes)) {
      result += `${text.slice(at, match.index)}\x1b[01;31m\x1b[K${match.text}\x1b[m\x1b[K`;
      at = match.index + match.text.length;
    }
    return result + text.slice(at);
  }
}

/**
 * Prints the output of grep for one file. Returns the number of selected lines. With `-L`, returns 1 if the file is listed, and 0
 * otherwise.
 */
export function printMatches(tool: ToolRun, options: GrepText): number {
  const { request, text } = options;
  const { names } = request;
  const printer = new GrepPrinter(tool, options);
  const lines = linesOf(text, request.separator);
  const most = numberOf(request, 'm') ?? Number.MAX_SAFE_INTEGER;
  const selected = lines.flatMap((line, index) => (isSelected(line, request) ? [index] : [])).slice(0, most);
  if (names.has('q')) return selected.length;
  if (names.has('L')) {
    if (selected.length === 0) tool.print(`${printer.label}\n`);
    return selected.length === 0 ? 1 : 0;
  }
  printSelected(tool, { ...options, printer, lines, selected });
  return selected.length;
}

function printSelected(tool: ToolRun, options: Selection): void {
  const { request, printer, selected, showsNames, text } = options;
  const { names } = request;
  const isBinary = text.includes('\0') && !names.has('a') && !names.has('z');
  if (names.has('c') && !names.has('l')) tool.print(`${showsNames ? `${printer.label}:` : ''}${selected.length}\n`);
  else if (selected.length === 0) return;
  else if (names.has('l')) tool.print(`${printer.label}${names.has('Z') ? '\0' : '\n'}`);
  else if (isBinary) tool.print(`Binary file ${printer.label} matches\n`);
  else printLines(tool, options);
}

interface Selection extends GrepText {
  readonly printer: GrepPrinter;
  readonly lines: readonly string[];
  readonly selected: readonly number[];
}

function offsetsOf(lines: readonly string[]): number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const line of lines) {
    offsets.push(offset);
    offset += Buffer.byteLength(line) + 1;
  }
  return offsets;
}

function printLines(tool: ToolRun, options: Selection): void {
  const { request, lines, selected } = options;
  const offsets = offsetsOf(lines);
  if (!request.names.has('o')) printContexts(tool, options, offsets);
  else if (!request.names.has('v')) for (const index of selected) printParts(options, { index, offset: offsets[index] ?? 0 });
}

function printContexts(tool: ToolRun, { request, printer, lines, selected }: Selection, offsets: readonly number[]): void {
  const context = numberOf(request, 'C') ?? 0;
  const [before, after] = [numberOf(request, 'B') ?? context, numberOf(request, 'A') ?? context];
  const isChosen = new Set(selected);
  let last = -1;
  for (const [position, index] of selected.entries()) {
    const start = Math.max(last + 1, index - before);
    const next = selected[position + 1] ?? lines.length;
    const end = Math.max(index, Math.min(lines.length - 1, index + after, next - 1));
    if (last >= 0 && start > last + 1 && before + after > 0) printGap(tool, request);
    for (let at = start; at <= end; at += 1) {
      printer.line(lines[at] ?? '', { number: at + 1, offset: offsets[at] ?? 0, mark: isChosen.has(at) ? ':' : '-' });
    }
    last = end;
  }
}

function printGap(tool: ToolRun, { names, given }: GrepRequest): void {
  if (!names.has('no-group-separator')) tool.print(`${optionValue(given, 'group-separator') ?? '--'}\n`);
}

function printParts({ request, printer, lines }: Selection, { index, offset }: { readonly index: number; readonly offset: number }): void {
  const line = lines[index] ?? '';
  for (const match of matchesIn(line, request.regexes)) {
    const at = offset + Buffer.byteLength(line.slice(0, match.index));
    printer.line(match.text, { number: index + 1, offset: at, mark: ':' });
  }
}
