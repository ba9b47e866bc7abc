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
  /** Maximum size of an image in bytes; larger images are left out. Default 4 MiB, which is about the limit of model providers. */
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
/** Maximum number of results that are checked, and maximum number of files that are checked. */
const MAX_CANDIDATES = 1_000;
/** Number of base64 characters that are decoded to check the type of an image; a multiple of 4. */
const SIGNATURE_CHARACTERS = 8 * 1024;

/**
 * The parts of a `CodeResult` that can contain images. The content of a file may be base64, which is decoded only if the image is returned.
 */
export interface ImageSource {
  readonly files: readonly (Pick<OutputFile, 'path' | 'mediaType'> & { readonly content?: Uint8Array | string | undefined })[];
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
  for (const candidate of candidates(result, mediaTypes)) {
    if (images.length >= maxCount) break;
    const image = imageOf(candidate, Math.min(maxBytes, MAX_TOTAL_BYTES - totalBytes));
    if (image === undefined) continue;
    totalBytes += image.data.byteLength;
    images.push(image);
  }
  return images;
}

interface Candidate {
  readonly mediaType: string;
  /** Bytes, or text as in a MIME bundle. */
  readonly content: Uint8Array | string;
  readonly path?: string;
}

function* candidates({ results, files }: ImageSource, mediaTypes: readonly string[]): Generator<Candidate> {
  for (const { data } of results.slice(0, MAX_CANDIDATES)) {
    const mediaType = mediaTypes.find((type) => typeof data[type] === 'string');
    if (mediaType !== undefined) yield { mediaType, content: data[mediaType] as string };
  }
  for (const { path, mediaType, content } of files.slice(0, MAX_CANDIDATES)) {
    if (content !== undefined && mediaTypes.includes(mediaType)) yield { mediaType, content, path };
  }
}

/**
 * Decodes an image. Checks the first bytes before it decodes the rest, because a guest can create many large results that are not images.
 */
function imageOf(candidate: Candidate, maxBytes: number): ResultImage | undefined {
  const { content, ...rest } = candidate;
  // Base64 is a third longer than the bytes it encodes, and may contain line breaks.
  if (content.length > maxBytes * 1.5) return undefined;
  const start = decode({ ...rest, content: content.slice(0, SIGNATURE_CHARACTERS) });
  if (!hasImageSignature({ ...rest, data: start })) return undefined;
  const data = decode(candidate);
  return data.byteLength <= maxBytes ? { ...rest, data } : undefined;
}

/** Decodes the content. MIME bundles contain SVG as text and other images as base64. */
function decode({ content, mediaType, path }: Candidate): Uint8Array {
  if (typeof content !== 'string') return content;
  return Buffer.from(content, mediaType === 'image/svg+xml' && path === undefined ? 'utf8' : 'base64');
}
