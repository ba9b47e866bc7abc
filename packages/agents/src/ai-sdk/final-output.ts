import type { CodeResult, OutputFile } from '@sandpod/core';
import { boundedLines } from '../shared/bounded-text.ts';
import { cleanLine, cleanText } from '../shared/clean-text.ts';
import { cutText } from '../shared/cut-text.ts';
import { MODEL_IMAGE_TYPES, resultImages } from '../shared/result-images.ts';
import { boundedResults } from './bounded-results.ts';
import type { CodeToolFile, CodeToolOutput } from './code-tool-output.ts';

/** What a page can show besides what models read. */
const PAGE_IMAGE_TYPES = [...MODEL_IMAGE_TYPES, 'image/svg+xml'];
/** Characters kept of each text unless said otherwise. */
export const DEFAULT_OUTPUT_CHARACTERS = 65_536;
/** Files listed at most; the workspace has them all. */
const MAX_FILES = 200;
const MAX_PAGE_IMAGES = 16;

export interface OutputBounds {
  readonly maxOutputCharacters: number;
  readonly maxImageBytes: number;
}

/** A result as plain JSON within bounds. */
export function finalOutput(result: CodeResult, options: OutputBounds & { readonly language: string }): CodeToolOutput {
  const { outcome, exitCode, durationMs, stateLost, truncated, error, reason } = result;
  const text = (stream: string): string => cutText(cleanText(stream), options.maxOutputCharacters);
  return {
    status: 'done',
    language: options.language,
    output: text(result.output),
    stdout: text(result.stdout),
    stderr: text(result.stderr),
    outcome,
    exitCode,
    durationMs,
    stateLost,
    ...(reason === undefined ? {} : { reason: cleanLine(reason) }),
    ...(truncated === undefined ? {} : { truncated }),
    ...(error === undefined
      ? {}
      : {
          error: {
            name: text(error.name),
            value: text(error.value),
            traceback: [cleanText(boundedLines(error.traceback, options.maxOutputCharacters))],
          },
        }),
    files: describeFiles(result.files, options.maxImageBytes),
    ...(result.files.length > MAX_FILES ? { omittedFiles: result.files.length - MAX_FILES } : {}),
    results: boundedResults(result.results, options.maxImageBytes),
  };
}

function describeFiles(files: readonly OutputFile[], maxBytes: number): CodeToolFile[] {
  const images = resultImages({ files, results: [] }, { maxBytes, maxCount: MAX_PAGE_IMAGES, mediaTypes: PAGE_IMAGE_TYPES });
  const dataOf = new Map(images.map(({ path, data }) => [path, Buffer.from(data).toString('base64')]));
  return files.slice(0, MAX_FILES).map(({ path, size, mediaType }) => {
    const data = dataOf.get(path);
    return { path, size, mediaType, ...(data === undefined ? {} : { data }) };
  });
}
