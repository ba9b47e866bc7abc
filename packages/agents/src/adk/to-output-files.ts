import { type File, FileContentEncoding } from '@google/adk';
import type { OutputFile } from '@sandpod/core';

/** The files that a run made, as ADK saves them: its artifact service takes base64. Files that were too large are left out. */
export function toOutputFiles(files: readonly OutputFile[]): File[] {
  return files.flatMap(({ path, content, mediaType }) =>
    content === undefined
      ? []
      : [
          {
            name: path,
            content: Buffer.from(content).toString('base64'),
            contentEncoding: FileContentEncoding.BASE64,
            mimeType: mediaType,
          },
        ],
  );
}
