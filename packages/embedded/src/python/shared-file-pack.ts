const LENGTH_BYTES = 4;

/**
 * Packs files into one block of memory that all worker threads can share. The block contains the length of the index, the index
 * as JSON (`{ path: [start, length] }`), and then the files.
 */
export function packFiles(files: ReadonlyMap<string, Uint8Array>): SharedArrayBuffer {
  const index: Record<string, readonly [number, number]> = {};
  let size = 0;
  for (const [path, bytes] of files) {
    index[path] = [size, bytes.length];
    size += bytes.length;
  }
  const header = Buffer.from(JSON.stringify(index));
  const packed = new SharedArrayBuffer(LENGTH_BYTES + header.length + size);
  const target = new Uint8Array(packed);
  new DataView(packed).setUint32(0, header.length, true);
  target.set(header, LENGTH_BYTES);
  let at = LENGTH_BYTES + header.length;
  for (const bytes of files.values()) {
    target.set(bytes, at);
    at += bytes.length;
  }
  return packed;
}

/** Returns the packed files as views of the shared memory. */
export function unpackFiles(packed: SharedArrayBuffer): ReadonlyMap<string, Uint8Array> {
  const headerBytes = new DataView(packed).getUint32(0, true);
  const header = Buffer.from(new Uint8Array(packed, LENGTH_BYTES, headerBytes)).toString();
  const index = JSON.parse(header) as Record<string, readonly [number, number]>;
  const files = new Map<string, Uint8Array>();
  for (const [path, [start, length]] of Object.entries(index)) {
    files.set(path, new Uint8Array(packed, LENGTH_BYTES + headerBytes + start, length));
  }
  return files;
}
