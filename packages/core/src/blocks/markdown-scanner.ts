import { closesFence, type Fence, type FencedCode, parseFence } from './fence.ts';
import { FenceContent } from './fence-content.ts';
import { htmlBlockEnd } from './html-block.ts';
import { LineCursor } from './line-cursor.ts';
import { enterItem, parseListMarker } from './list-marker.ts';
import { MidLineFence } from './mid-line-fence.ts';

/** Maximum nesting of quotes and list items. Deeper markers are treated as text, so that scanning takes linear time. */
const MAX_DEPTH = 50;
/** A line with at least this indent, in columns, is code or text. It never starts a block. */
const CODE_INDENT = 4;
const THEMATIC_BREAK = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const HEADING = /^#{1,6}(?:[ \t]|$)/;
const SETEXT_UNDERLINE = /^(?:=+|-+)[ \t]*$/;

type Container = { readonly kind: 'quote' } | { readonly kind: 'item'; readonly contentIndent: number; hasContent: boolean };

type Leaf =
  | { readonly kind: 'none' }
  | { readonly kind: 'paragraph' }
  | { readonly kind: 'html'; readonly end: RegExp }
  | { readonly kind: 'mid-line'; readonly code: MidLineFence }
  | { readonly kind: 'fence'; readonly fence: Fence; readonly content: FenceContent };

const NONE: Leaf = { kind: 'none' };
const PARAGRAPH: Leaf = { kind: 'paragraph' };

/**
 * Finds fenced code blocks line by line, as defined in CommonMark 0.31.
 *
 * Parses other Markdown only as far as this is needed to recognize fences: quotes and list items, and the paragraphs, headings and raw HTML
 * that affect them.
 */
export class MarkdownScanner {
  readonly #found: FencedCode[] = [];
  #containers: Container[] = [];
  #leaf: Leaf = NONE;

  addLine(line: string): void {
    const cursor = new LineCursor(line);
    const matched = this.#matchContainers(cursor);
    if (this.#leaf.kind === 'mid-line' && this.#continueMidLine(cursor, this.#leaf.code)) return;
    const isContinued = matched === this.#containers.length;
    if (isContinued && this.#continueLeaf(cursor)) return;
    if (this.#leaf.kind === 'fence' || this.#leaf.kind === 'html') this.#closeTo(matched);
    this.#startBlocks(cursor, matched);
  }

  end(): readonly FencedCode[] {
    this.#closeTo(0);
    return this.#found;
  }

  /** Returns the number of open containers that the line belongs to. */
  #matchContainers(cursor: LineCursor): number {
    const index = this.#containers.findIndex((container) => !continuesContainer(container, cursor));
    return index === -1 ? this.#containers.length : index;
  }

  /** Returns true if the line is part of an open fence or of raw HTML. */
  #continueLeaf(cursor: LineCursor): boolean {
    if (this.#leaf.kind === 'html') {
      if (this.#leaf.end.test(cursor.rest)) this.#leaf = NONE;
      return true;
    }
    if (this.#leaf.kind !== 'fence') return false;
    const { fence, content } = this.#leaf;
    const marker = cursor.indent < CODE_INDENT ? cursor.trimmed : '';
    const isClosedBefore = content.isClosedBefore(marker);
    if (isClosedBefore || closesFence(marker, fence)) {
      this.#found.push({ info: fence.info, lines: isClosedBefore ? content.linesBeforeEnd : content.lines });
      this.#leaf = NONE;
      return !isClosedBefore;
    }
    cursor.skipColumns(fence.indent);
    content.add(cursor.rest);
    return true;
  }

  /** Lines of a paragraph may lack the markers of its containers. Returns true if the line is part of the code. */
  #continueMidLine(cursor: LineCursor, code: MidLineFence): boolean {
    const step = code.add(cursor.trimmed.trimEnd(), cursor.rest);
    if (step === 'continued') return true;
    this.#leaf = code.code === undefined ? PARAGRAPH : NONE;
    if (code.code !== undefined) this.#found.push(code.code);
    return step === 'closed';
  }

  #startBlocks(cursor: LineCursor, matched: number): void {
    let depth = matched;
    while (cursor.indent < CODE_INDENT && depth < MAX_DEPTH) {
      const container = this.#startContainer(cursor, depth);
      if (container === undefined) break;
      this.#closeTo(depth);
      this.#markContent();
      this.#containers.push(container);
      depth += 1;
    }
    if (cursor.isBlank) this.#closeTo(depth);
    else this.#startLeaf(cursor, depth);
  }

  #startContainer(cursor: LineCursor, depth: number): Container | undefined {
    const text = cursor.trimmed;
    if (text.startsWith('>')) {
      enterQuote(cursor);
      return { kind: 'quote' };
    }
    const interruptsParagraph = this.#leaf === PARAGRAPH && depth === this.#containers.length;
    if (THEMATIC_BREAK.test(text) || (interruptsParagraph && SETEXT_UNDERLINE.test(text))) return undefined;
    const marker = parseListMarker(text);
    if (marker === undefined || (interruptsParagraph && !marker.canInterruptParagraph)) return undefined;
    return { kind: 'item', contentIndent: enterItem(cursor, marker), hasContent: false };
  }

  #startLeaf(cursor: LineCursor, depth: number): void {
    const isParagraphOpen = this.#leaf === PARAGRAPH;
    const leaf = cursor.indent < CODE_INDENT ? leafOf(cursor) : undefined;
    if (leaf === undefined && isParagraphOpen) {
      // A paragraph continues, and its containers stay open even if their markers are missing.
      const isUnderline = depth === this.#containers.length && cursor.indent < CODE_INDENT && SETEXT_UNDERLINE.test(cursor.trimmed);
      this.#leaf = isUnderline ? NONE : paragraphWith(cursor);
      return;
    }
    this.#closeTo(depth);
    this.#markContent();
    this.#leaf = leaf ?? (cursor.indent < CODE_INDENT ? paragraphWith(cursor) : NONE);
  }

  /**
   * Records that all open items have content. If an item starts with an empty line, a second empty line ends it, unless content came first.
   */
  #markContent(): void {
    for (const container of this.#containers) if (container.kind === 'item') container.hasContent = true;
  }

  /** Closes the leaf, and all containers deeper than the given depth. */
  #closeTo(depth: number): void {
    this.#closeLeaf();
    this.#containers.length = Math.min(depth, this.#containers.length);
  }

  #closeLeaf(): void {
    if (this.#leaf.kind === 'fence') this.#found.push({ info: this.#leaf.fence.info, lines: this.#leaf.content.linesIfUnclosed });
    this.#leaf = NONE;
  }
}

/** Consumes the marker or indent of a container at the start of a line. Returns false if the line is outside the container. */
function continuesContainer(container: Container, cursor: LineCursor): boolean {
  if (container.kind === 'quote') {
    const isQuoted = cursor.indent < CODE_INDENT && cursor.trimmed.startsWith('>');
    if (isQuoted) enterQuote(cursor);
    return isQuoted;
  }
  const isPart = cursor.isBlank ? container.hasContent : cursor.indent >= container.contentIndent;
  if (isPart) cursor.skipColumns(container.contentIndent);
  return isPart;
}

function enterQuote(cursor: LineCursor): void {
  cursor.skipCharacters(1);
  cursor.skipColumns(1);
}

function paragraphWith(cursor: LineCursor): Leaf {
  const code = MidLineFence.find(cursor.trimmed.trimEnd());
  return code === undefined ? PARAGRAPH : { kind: 'mid-line', code };
}

/** Returns the leaf that a line starts. Returns undefined for a paragraph or indented code. */
function leafOf(cursor: LineCursor): Leaf | undefined {
  const text = cursor.trimmed;
  const fence = parseFence(text, cursor.indent);
  if (fence !== undefined) return { kind: 'fence', fence, content: new FenceContent(fence) };
  const end = htmlBlockEnd(text);
  if (end !== undefined) return end.test(text) ? NONE : { kind: 'html', end };
  return HEADING.test(text) || THEMATIC_BREAK.test(text) ? NONE : undefined;
}
