import { durationMsSchema, environmentSchema } from '@sandpod/core/backend';
import { z } from 'zod';
import { DEFAULT_IMAGE_BYTES } from './result-images.ts';
import { DEFAULT_MODEL_CHARACTERS } from './result-text.ts';

/** Options that have one name and one meaning wherever a model's code is run. */
export interface AdapterOptions {
  /** Milliseconds for one call, waiting and start-up excluded. Default: the executor's own limit. */
  readonly timeoutMs?: number | undefined;
  /** Variables for every call. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Which files that a run made or changed are reported: true for all (default), false, or globs. */
  readonly collectFiles?: boolean | readonly string[] | undefined;
  /** Characters of output that the model reads, half of them from the start and half from the end. At least 100. Default 20,000. */
  readonly maxModelCharacters?: number | undefined;
}

/** Options of the adapters that can show images to a model. */
export interface ImageOptions {
  /** Bytes of one image; a larger one is left out. Default 4 MiB, about what model providers accept. */
  readonly maxImageBytes?: number | undefined;
  /** False: images are not sent to the model. Default true; providers that take no images in tool results send them as text. */
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
