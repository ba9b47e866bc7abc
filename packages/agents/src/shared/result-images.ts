import type { OutputFile, RichResult } from '@sandpod/core';
import { hasImageSignature } from './image-signature.ts';

/** An image that a run displayed or wrote. */
export interface ResultImage {
  readonly mediaType: string;
  readonly data: Uint8Array;
  /** Path in the workspace; absent if the image was displayed rather than written to a file. */
  readonly path?: string;
}

export interface ResultImagesOptions {
  /** Maximum size of an image in bytes; larger images are left out. Default 4 MiB, about what model providers accept. */
  readonly maxBytes?: number | undefined;
  /** Maximum number of images. Default 8. */
  readonly maxCount?: number | undefined;
  /** Default: PNG, JPEG, GIF and WebP, the types that models can read. */
  readonly mediaTypes?: readonly string[] | undefined;
}

/** The image types that models can read. */
export const MODEL_IMAGE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
/** Default maximum size of an image in bytes. */
export const DEFAULT_IMAGE_BYTES: number = 4 * 1024 * 1024;
const DEFAULT_MAX_COUNT = 8;
/** Maximum size of all images together, in bytes. */
const MAX_TOTAL_BYTES = 16 * 1024 * 1024;

/** The parts of a `CodeResult` that can hold images. */
export interface ImageSource {
  readonly files: readonly Pick<OutputFile, 'path' | 'mediaType' | 'content'>[];
  readonly results: readonly RichResult[];
}

/**
 * Returns the images among rich results and collected files, within the limits.
 *
 * Content that is not really an image is left out, because a provider would reject the whole conversation.
 */
export function resultImages(result: ImageSource, options: ResultImagesOptions = {}): ResultImage[] {
  const { maxBytes = DEFAULT_IMAGE_BYTES, mediaTypes = MODEL_IMAGE_TYPES, maxCount = DEFAULT_MAX_COUNT } = options;
  const images: ResultImage[] = [];
  let totalBytes = 0;
  for (const image of candidates(result, { mediaTypes, maxBytes })) {
    if (images.length >= maxCount) break;
    const size = image.data.byteLength;
    if (size > maxBytes || totalBytes + size > MAX_TOTAL_BYTES || !hasImageSignature(image)) continue;
    totalBytes += size;
    images.push(image);
  }
  return images;
}

function* candidates(
  { results, files }: ImageSource,
  { mediaTypes, maxBytes }: { readonly mediaTypes: readonly string[]; readonly maxBytes: number },
): Generator<ResultImage> {
  for (const { data } of results) {
    const mediaType = mediaTypes.find((type) => typeof data[type] === 'string');
    const value = mediaType === undefined ? undefined : data[mediaType];
    // Base64 is a third longer than the bytes it encodes, and may contain line breaks.
    if (mediaType !== undefined && typeof value === 'string' && value.length <= maxBytes * 1.5)
      yield { mediaType, data: decode(mediaType, value) };
  }
  for (const { path, mediaType, content } of files) {
    if (content !== undefined && mediaTypes.includes(mediaType)) yield { mediaType, data: content, path };
  }
}

/** MIME bundles contain SVG as text and other images as base64. */
function decode(mediaType: string, value: string): Uint8Array {
  return Buffer.from(value, mediaType === 'image/svg+xml' ? 'utf8' : 'base64');
}
