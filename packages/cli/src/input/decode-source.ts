import { UsageError } from '../arguments/usage-error.ts';

/** Decodes source text; refuses what is not UTF-8 rather than running code that differs from the file's. */
export function decodeSource(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${name} is not UTF-8 text.`, 'Save it as UTF-8.');
  }
}
