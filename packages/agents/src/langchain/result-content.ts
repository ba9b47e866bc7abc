import type { ContentBlock } from '@langchain/core/messages';
import { type CodeResult, type Environment, toBase64 } from '@sandpod/core';
import { resultImages, resultText } from '../shared/index.ts';
import type { ValidCodeToolOptions } from './code-tool-options.ts';

/** Converts a result to content for the model: text, and the images that the run created. */
export function resultContent(
  result: CodeResult,
  options: ValidCodeToolOptions & { readonly environment: Environment | undefined },
): string | ContentBlock[] {
  const text = resultText(result, { maxCharacters: options.maxModelCharacters, environment: options.environment });
  const images = options.imagesToModel ? resultImages(result, { maxBytes: options.maxImageBytes }) : [];
  if (images.length === 0) return text;
  const blocks = images.map(({ mediaType, data }) => ({ type: 'image', mimeType: mediaType, data: toBase64(data) }));
  return [{ type: 'text', text }, ...blocks];
}
