import { type Environment, toBase64 } from '@sandpod/core';
import type { ToolResultPart } from 'ai';
import { failureText } from '../shared/failure-text.ts';
import { resultImages } from '../shared/result-images.ts';
import { type ReadableResult, resultText } from '../shared/result-text.ts';
import type { CodeToolOutput } from './code-tool-output.ts';

export interface ModelOutputOptions {
  readonly maxModelCharacters: number;
  readonly maxImageBytes: number;
  readonly imagesToModel: boolean;
  /** What programs find in the sandbox, for advice after failures. */
  readonly environment?: Environment | undefined;
}

/** Converts the output of a run to content for the model: text, and the images that the run created. */
export function modelOutput(output: CodeToolOutput, options: ModelOutputOptions): ToolResultPart['output'] {
  if (output.failure) return { type: 'error-text', value: failureText(output.failure) };
  const value = resultText(readable(output), { maxCharacters: options.maxModelCharacters, environment: options.environment });
  const images = options.imagesToModel ? imagesOf(output, options.maxImageBytes) : [];
  if (images.length === 0) return { type: 'text', value };
  return { type: 'content', value: [{ type: 'text', text: value }, ...images] };
}

/** Converts the output to a result. If a web page sends back a run that was cut off before it ended, the run counts as cancelled. */
function readable(output: CodeToolOutput): ReadableResult {
  const { outcome = 'cancelled', exitCode = null, stateLost = false, error } = output;
  return { ...output, outcome, exitCode, stateLost, blocks: error === undefined ? [] : [{ error }] };
}

function imagesOf({ files, results }: CodeToolOutput, maxBytes: number): ImagePart[] {
  const withContent = files.map(({ data, ...file }) => ({ ...file, content: data }));
  return resultImages({ files: withContent, results }, { maxBytes }).map(({ mediaType, data }) => ({
    type: 'file',
    mediaType,
    data: { type: 'data', data: toBase64(data) },
  }));
}

interface ImagePart {
  readonly type: 'file';
  readonly mediaType: string;
  readonly data: { readonly type: 'data'; readonly data: string };
}
