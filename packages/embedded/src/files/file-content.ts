const PAGE_BYTES = 64 * 1024;
const SMALLEST_PAGE_BYTES = 64;

/** The bytes of a file, stored in pages. When a file grows, its content is not copied. Holes use no memory. */
export class FileContent {
  size = 0;
  #pages: (Uint8Array | undefined)[] = [];

  read(position: number, length: number): Uint8Array {
    const end = Math.min(this.size, position + length);
    if (position >= end) return new Uint8Array(0);
    const result = new Uint8Array(end - position);
    for (let at = position; at < end; ) {
      const offset = at % PAGE_BYTES;
      const step = Math.min(PAGE_BYTES - offset, end - at);
      const page = this.#pages[Math.floor(at / PAGE_BYTES)];
      if (page) result.set(page.subarray(offset, offset + step), at - position);
      at += step;
    }
    return result;
  }

  write(position: number, bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const at = position + done;
      const offset = at % PAGE_BYTES;
      const step = Math.min(PAGE_BYTES - offset, bytes.length - done);
      this.#pageFor(Math.floor(at / PAGE_BYTES), offset + step).set(bytes.subarray(done, done + step), offset);
      done += step;
    }
    if (bytes.length > 0) this.size = Math.max(this.size, position + bytes.length);
  }

  truncate(size: number): void {
    if (size < this.size) {
      this.#pages.length = Math.min(this.#pages.length, Math.ceil(size / PAGE_BYTES));
      this.#cutLastPage(size % PAGE_BYTES, Math.floor(size / PAGE_BYTES));
    }
    this.size = size;
  }

  /** Removes the bytes after the new end. They must read as zero if the file grows again. */
  #cutLastPage(kept: number, index: number): void {
    const page = this.#pages[index];
    if (page && kept > 0) this.#pages[index] = page.slice(0, kept);
  }

  #pageFor(index: number, needed: number): Uint8Array {
    const page = this.#pages[index];
    if (page && page.length >= needed) return page;
    let capacity = Math.max(page?.length ?? 0, SMALLEST_PAGE_BYTES);
    while (capacity < needed) capacity *= 2;
    const grown = new Uint8Array(Math.min(capacity, PAGE_BYTES));
    if (page) grown.set(page);
    this.#setPage(index, grown);
    return grown;
  }

  #setPage(index: number, page: Uint8Array): void {
    while (this.#pages.length < index) this.#pages.push(undefined);
    this.#pages[index] = page;
  }
}
