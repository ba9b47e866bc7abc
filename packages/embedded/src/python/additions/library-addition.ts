/** Python code of ours in the standard library. */
export interface LibraryAddition {
  /** Path in the library without its ending, such as `asyncio/unix_events`. */
  readonly module: string;
  readonly code: string;
  /** True: CPython's own code of the module runs first, in the same namespace. */
  readonly isAfterOriginal: boolean;
}
