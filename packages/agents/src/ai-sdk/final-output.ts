import { boundedResults, type CodeResult, type OutputFile, toBase64 } from '@sandpod/core';
import { mapInTurns } from '@sandpod/core/backend';
import { cleanCut } from '../shared/clean-cut.ts';
import { cleanLine, cleanText } from '../shared/clean-text.ts';
import { cutLines } from '../shared/cut-text.ts';
import { MODEL_IMAGE_TYPES, resultImages } from '../shared/result-images.ts';
import type { CodeToolFile, CodeToolOutput } from './code-tool-output.ts';

/** Image types that a web page can show. */
const PAGE_IMAGE_TYPES = [...MODEL_IMAGE_TYPES, 'image/svg+xml'];
/** Default maximum number of characters in each text. */
export const DEFAULT_OUTPUT_CHARACTERS = 65_536;
/** Maximum number of files listed. */
const MAX_FILES = 200;
const MAX_PAGE_IMAGES = 16;

export interface OutputBounds {
  readonly maxOutputCharacters: number;
  readonly maxImageBytes: number;
}

/** Converts a result to plain JSON within the limits, and regularly lets the event loop run. */
export async function finalOutput(result: CodeResult, options: OutputBounds & { readonly language: string }): Promise<CodeToolOutput> {
  const { outcome, exitCode, durationMs, stateLost, truncated, reason } = result;
  const error = result.blocks.at(-1)?.error;
  const texts = [result.output, result.stdout, result.stderr, error?.name ?? '', error?.value ?? ''];
  const map = (given: string): string => cleanCut(given, options.maxOutputCharacters);
  const [output = '', stdout = '', stderr = '', name = '', value = ''] = await mapInTurns(texts, { map });
  return {
    status: 'done',
    language: options.language,
    output,
    stdout,
    stderr,
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
            name,
            value,
            traceback: [cleanText(cutLines(error.traceback, options.maxOutputCharacters))],
          },
        }),
    files: describeFiles(result.files, options.maxImageBytes),
    ...(result.files.length > MAX_FILES ? { omittedFiles: result.files.length - MAX_FILES } : {}),
    results: boundedResults(result.results, options.maxImageBytes),
  };
}

function describeFiles(files: readonly OutputFile[], maxBytes: number): CodeToolFile[] {
  const images = resultImages({ files, results: [] }, { maxBytes, maxCount: MAX_PAGE_IMAGES, mediaTypes: PAGE_IMAGE_TYPES });
  const dataOf = new Map(images.map(({ path, data }) => [path, toBase64(data)]));
  return files.slice(0, MAX_FILES).map(({ path, size, mediaType }) => {
    const data = dataOf.get(path);
    return { path, size, mediaType, ...(data === undefined ? {} : { data }) };
  });
}
