import { type Fence, parseFence } from './fence.ts';

/** White space and markers of quotes and list items. A fence after them is at the start of its line. */
const MARKERS = /^[\s>*+.)\d-]*$/;

/** The lines of a fenced block, and where they end if the closing fence is at the end of a line of code: "print(1)```". */
export class FenceContent {
  readonly lines: string[] = [];
  readonly #fence: Fence;
  readonly #marker: string;
  /** The number of lines up to the last that ends with a closing fence. */
  #end: number | undefined;

  constructor(fence: Fence) {
    this.#fence = fence;
    this.#marker = fence.character.repeat(fence.length);
  }

  add(line: string): void {
    this.lines.push(line);
    const text = line.trimEnd();
    if (this.#fence.character !== '`' || !text.endsWith(this.#marker)) return;
    const code = text.slice(0, -this.#marker.length);
    const isPartOfCode = MARKERS.test(code) || code.includes(this.#marker) || /[`\\]$/.test(code);
    if (!isPartOfCode) this.#end = this.lines.length;
  }

  /** The lines, if there was no closing fence on its own line. Then only a fence at the very end closes the block. */
  get linesIfUnclosed(): readonly string[] {
    const isAtEnd = this.lines.slice(this.#end).every((line) => line.trim() === '');
    return isAtEnd ? this.linesBeforeEnd : this.lines;
  }

  /**
   * Checks whether the block ended before a line: it starts a block, and the block that is open had its closing fence at
   * the end of a line. CommonMark would take the line, and the block that it starts, as code.
   */
  isClosedBefore(text: string): boolean {
    return this.#end !== undefined && /^(?:`{3,}|~{3,})[A-Za-z{]/.test(text) && parseFence(text, 0) !== undefined;
  }

  /** The lines, without the fence at the end of a line. */
  get linesBeforeEnd(): readonly string[] {
    if (this.#end === undefined) return this.lines;
    const lines = this.lines.slice(0, this.#end);
    const last = lines.pop() ?? '';
    return [...lines, last.trimEnd().slice(0, -this.#fence.length)];
  }
}
