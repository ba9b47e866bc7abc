import { UsageError } from '../arguments/usage-error.ts';

/**
 * Decodes source text. If the text is not UTF-8, throws a `UsageError`, because sandpod would otherwise run code that differs from the
 * file.
 */
export function decodeSource(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${name} is not UTF-8 text.`, 'Save it as UTF-8.');
  }
}
