import { type File, FileContentEncoding } from '@google/adk';
import type { OutputFile } from '@sandpod/core';
import { replaceHidden } from '@sandpod/core/text';
import { toBase64InTurns } from '../shared/index.ts';

/**
 * Converts output files to the base64 files that ADK's artifact service saves. Files that were too large to collect are left out. Replaces
 * hidden characters in names with `_`, because artifacts are saved under these names. Regularly lets the event loop run.
 */
export async function toOutputFiles(files: readonly OutputFile[]): Promise<File[]> {
  const converted: File[] = [];
  for (const { path, content, mediaType } of files) {
    if (content === undefined) continue;
    const name = replaceHidden(path, () => '_');
    const base64 = await toBase64InTurns(content);
    converted.push({ name, content: base64, contentEncoding: FileContentEncoding.BASE64, mimeType: mediaType });
  }
  return converted;
}
