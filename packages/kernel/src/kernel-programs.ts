import { PYTHON_BOOT, PYTHON_KERNEL } from './python/scripts.generated.ts';

/** A kernel as a program. */
export interface KernelProgram {
  /** The arguments of the interpreter. */
  readonly args: readonly string[];
  /** The first bytes of its standard input. */
  readonly input: Uint8Array;
}

/** The kernels, by the id of their language. */
export const KERNEL_PROGRAMS: ReadonlyMap<string, KernelProgram> = new Map([
  ['python', { args: ['-c', PYTHON_BOOT], input: withLength(PYTHON_KERNEL) }],
]);

/** Returns a text with its length in 4 bytes before it. */
function withLength(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const result = new Uint8Array(4 + bytes.length);
  new DataView(result.buffer).setUint32(0, bytes.length);
  result.set(bytes, 4);
  return result;
}
