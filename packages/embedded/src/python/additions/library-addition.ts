/** Python code that sandpod adds to the standard library. */
export interface LibraryAddition {
  /** The path in the library without its extension, such as `asyncio/unix_events`. */
  readonly module: string;
  readonly code: string;
  /** If true, CPython's code for this module runs first, in the same namespace. */
  readonly isAfterOriginal: boolean;
}
