import { type Fence, parseFence } from './fence.ts';

/** White space and the markers of quotes and list items. A fence after them counts as being at the start of its line. */
const MARKERS = /^[\s>*+.)\d-]*$/;

/** Collects the lines of a fenced block. Also finds a closing fence at the end of a line of code, as in "print(1)```". */
export class FenceContent {
  readonly lines: string[] = [];
  readonly #fence: Fence;
  readonly #marker: string;
  /** The number of lines up to and including the last line that ends with a closing fence. */
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

  /** Returns the lines of a block that has no closing fence on its own line. Only a fence at the very end closes such a block. */
  get linesIfUnclosed(): readonly string[] {
    const isAtEnd = this.lines.slice(this.#end).every((line) => line.trim() === '');
    return isAtEnd ? this.linesBeforeEnd : this.lines;
  }

  /**
   * Returns true if the block ended before this line. This is the case if the line starts a new block, and the open block has a closing
   * fence at the end of a line. CommonMark would treat the line and the new block as code.
   */
  isClosedBefore(text: string): boolean {
    return this.#end !== undefined && /^(?:`{3,}|~{3,})[A-Za-z{]/.test(text) && parseFence(text, 0) !== undefined;
  }

  /** Returns the lines up to the fence at the end of a line, without that fence. */
  get linesBeforeEnd(): readonly string[] {
    if (this.#end === undefined) return this.lines;
    const lines = this.lines.slice(0, this.#end);
    const last = lines.pop() ?? '';
    return [...lines, last.trimEnd().slice(0, -this.#fence.length)];
  }
}
