import type { OutputFile, RichResult } from '@sandpod/core';
import { hasImageSignature } from './image-signature.ts';

/** An image as bytes. */
export interface ResultImage {
  readonly mediaType: string;
  readonly data: Uint8Array;
  /** Where in the workspace it is; absent for an image that was displayed rather than written. */
  readonly path?: string;
}

export interface ResultImagesOptions {
  /** Bytes of one image; a larger one is left out. Default 4 MiB, about what model providers accept. */
  readonly maxBytes?: number | undefined;
  /** Images at most. Default 8. */
  readonly maxCount?: number | undefined;
  /** Default: PNG, JPEG, GIF and WebP, the types that models read. */
  readonly mediaTypes?: readonly string[] | undefined;
}

/** The image types that models read. */
export const MODEL_IMAGE_TYPES: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
/** Bytes of one image unless said otherwise. */
export const DEFAULT_IMAGE_BYTES: number = 4 * 1024 * 1024;
const DEFAULT_MAX_COUNT = 8;
/** Bytes of all images together. */
const MAX_TOTAL_BYTES = 16 * 1024 * 1024;

/** What of a result can hold images; a `CodeResult` has it all. */
export interface ImageSource {
  readonly files: readonly Pick<OutputFile, 'path' | 'mediaType' | 'content'>[];
  readonly results: readonly RichResult[];
}

/**
 * The images among rich results and collected files, within limits.
 *
 * Left out is what only claims to be an image: a provider would refuse the whole conversation for it.
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
    // Base64 is a third longer than what it stands for, and may hold line breaks.
    if (mediaType !== undefined && typeof value === 'string' && value.length <= maxBytes * 1.5)
      yield { mediaType, data: decode(mediaType, value) };
  }
  for (const { path, mediaType, content } of files) {
    if (content !== undefined && mediaTypes.includes(mediaType)) yield { mediaType, data: content, path };
  }
}

/** A MIME bundle holds SVG as text and other images as base64. */
function decode(mediaType: string, value: string): Uint8Array {
  return Buffer.from(value, mediaType === 'image/svg+xml' ? 'utf8' : 'base64');
}
