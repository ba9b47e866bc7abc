import { type File, FileContentEncoding } from '@google/adk';
import type { InputFile } from '@sandpod/core';

/** Converts ADK's input files to workspace files. ADK passes decoded text without an encoding, so a missing encoding means text. */
export function toInputFiles(files: readonly File[]): InputFile[] {
  return files.map(({ name, content, contentEncoding }) => ({
    path: name,
    content: contentEncoding === FileContentEncoding.BASE64 ? Buffer.from(content, 'base64') : content,
  }));
}
