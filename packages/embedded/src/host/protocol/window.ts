/** The bytes of one call that may be in flight before the receiver grants more. */
export const WINDOW_BYTES: number = 1024 * 1024;
/** The bytes that the receiver reads before it grants them again, so that small chunks do not cost a message each. */
export const GRANT_BYTES: number = 256 * 1024;
/** The bytes of standard input that may be in flight: the size of its ring. */
export const INPUT_WINDOW_BYTES: number = 256 * 1024;
/** The maximum payload of a data frame, in bytes. */
export const CHUNK_BYTES: number = 128 * 1024;
