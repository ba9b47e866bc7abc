import { cutText, joinCut } from './cut-text.ts';

/** A text that grows without end in bounded memory: head and tail are kept, what lies between is counted. */
export class BoundedText {
  readonly #headCharacters: number;
  readonly #tailCharacters: number;
  #head = '';
  #tail = '';
  #omitted = 0;

  constructor(maxCharacters: number) {
    this.#headCharacters = Math.ceil(maxCharacters / 2);
    this.#tailCharacters = maxCharacters - this.#headCharacters;
  }

  push(text: string): void {
    const room = this.#headCharacters - this.#head.length;
    this.#head += text.slice(0, room);
    this.#tail += text.slice(room);
    // Cutting at every push would copy the tail every time.
    if (this.#tail.length > 2 * this.#tailCharacters) this.#cut();
  }

  get length(): number {
    return this.#head.length + Math.min(this.#tail.length, this.#tailCharacters);
  }

  toString(): string {
    this.#cut();
    return joinCut({ head: this.#head, omitted: this.#omitted, tail: this.#tail });
  }

  #cut(): void {
    const excess = this.#tail.length - this.#tailCharacters;
    if (excess <= 0) return;
    this.#omitted += excess;
    this.#tail = this.#tail.slice(excess);
  }
}

const MAX_LINES = 1_000;

/** The last lines as one text; cut before they are joined, since all of them together can be too long for a string. */
export function boundedLines(lines: readonly string[], maxCharacters: number): string {
  const text = new BoundedText(maxCharacters);
  for (const [index, line] of lines.slice(-MAX_LINES).entries()) text.push(`${index === 0 ? '' : '\n'}${cutText(line, maxCharacters)}`);
  return String(text);
}
