import { type File, FileContentEncoding } from '@google/adk';
import type { InputFile } from '@sandpod/core';

/** ADK's input files as files of a workspace. ADK itself hands over decoded text without saying so: no encoding means text. */
export function toInputFiles(files: readonly File[]): InputFile[] {
  return files.map(({ name, content, contentEncoding }) => ({
    path: name,
    content: contentEncoding === FileContentEncoding.BASE64 ? Buffer.from(content, 'base64') : content,
  }));
}
