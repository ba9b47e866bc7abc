/** Bytes of one call that may be on their way before the receiver grants more. */
export const WINDOW_BYTES: number = 1024 * 1024;
/** Bytes that the receiver collects before it grants them again, so that small chunks cost no message each. */
export const GRANT_BYTES: number = 256 * 1024;
/** Bytes of standard input that may be on their way; the size of its ring. */
export const INPUT_WINDOW_BYTES: number = 256 * 1024;
/** Bytes of one data frame. */
export const CHUNK_BYTES: number = 128 * 1024;
