import { durationMsSchema, environmentSchema } from '@sandpod/core/backend';
import { z } from 'zod';
import { DEFAULT_IMAGE_BYTES } from './result-images.ts';
import { DEFAULT_MODEL_CHARACTERS } from './result-text.ts';

/** Options that have the same name and the same meaning in every adapter. */
export interface AdapterOptions {
  /** Time limit for one call in milliseconds; queueing and start-up do not count. Default: the executor's limit. */
  readonly timeoutMs?: number | undefined;
  /** Environment variables for every call. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Which created or changed files to report: `true` for all (default), `false` for none, or globs. */
  readonly collectFiles?: boolean | readonly string[] | undefined;
  /** Maximum number of output characters that the model reads; longer output is cut in the middle. At least 100. Default 20,000. */
  readonly maxModelCharacters?: number | undefined;
}

/** Options for adapters that can show images to a model. */
export interface ImageOptions {
  /** Maximum size of an image in bytes; larger images are left out. Default 4 MiB, which is about the limit of model providers. */
  readonly maxImageBytes?: number | undefined;
  /** Whether images are sent to the model. Default true. Set it to `false` for providers that send images in tool results as text. */
  readonly imagesToModel?: boolean | undefined;
}

export const adapterShape = {
  timeoutMs: durationMsSchema.optional(),
  env: environmentSchema.optional(),
  collectFiles: z.union([z.boolean(), z.array(z.string())]).default(true),
  maxModelCharacters: z.int().min(100).default(DEFAULT_MODEL_CHARACTERS),
} as const;

export const imageShape = {
  maxImageBytes: z.int().min(0).default(DEFAULT_IMAGE_BYTES),
  imagesToModel: z.boolean().default(true),
} as const;
