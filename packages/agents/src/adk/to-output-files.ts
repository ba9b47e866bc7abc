import { type File, FileContentEncoding } from '@google/adk';
import { type OutputFile, toBase64 } from '@sandpod/core';
import { replaceHidden } from '@sandpod/core/text';

/**
 * Converts output files to the base64 files that ADK's artifact service saves. Files that were too large to collect are left out. Replaces
 * hidden characters in names with `_`, because artifacts are saved under these names.
 */
export function toOutputFiles(files: readonly OutputFile[]): File[] {
  return files.flatMap(({ path, content, mediaType }) =>
    content === undefined
      ? []
      : [
          {
            name: replaceHidden(path, () => '_'),
            content: toBase64(content),
            contentEncoding: FileContentEncoding.BASE64,
            mimeType: mediaType,
          },
        ],
  );
}
