/** The number of bytes that a call may send before the receiver grants more. */
export const WINDOW_BYTES: number = 1024 * 1024;
/** The number of bytes that the receiver reads before it grants them again. This avoids a message for every small chunk. */
export const GRANT_BYTES: number = 256 * 1024;
/** The number of bytes of standard input that may be in flight, which is the size of the input ring. */
export const INPUT_WINDOW_BYTES: number = 256 * 1024;
/** The maximum payload of a data frame, in bytes. */
export const CHUNK_BYTES: number = 128 * 1024;
