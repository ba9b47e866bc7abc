/** Keeps the first half and the last half of a growing text in limited memory, and counts the characters in between. */
export class BoundedText {
  readonly #tailCharacters: number;
  #headCharacters: number;
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

  /** Drops the current tail, and counts it and `count` more characters as omitted. Text that is pushed later becomes the new tail. */
  skip(count: number): void {
    if (count === 0) return;
    this.#headCharacters = this.#head.length;
    this.#omitted += this.#tail.length + count;
    this.#tail = '';
  }

  get length(): number {
    return this.#head.length + Math.min(this.#tail.length, this.#tailCharacters);
  }

  /** Returns true if characters were omitted. */
  get isCut(): boolean {
    return this.#omitted > 0 || this.#tail.length > this.#tailCharacters;
  }

  /**
   * Returns the kept text, with a notice in the middle if characters were omitted. Half of a surrogate pair becomes a replacement
   * character.
   */
  toString(): string {
    this.#cut();
    if (this.#omitted === 0) return this.#head + this.#tail;
    return `${this.#head.toWellFormed()}\n[... ${this.#omitted} characters omitted ...]\n${this.#tail.toWellFormed()}`;
  }

  #cut(): void {
    const excess = this.#tail.length - this.#tailCharacters;
    if (excess <= 0) return;
    this.#omitted += excess;
    this.#tail = this.#tail.slice(excess);
  }
}
