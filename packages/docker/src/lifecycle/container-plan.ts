import type { CreateOptions } from '@sandpod/core';
import type { ImageFacts } from '../client/find-image.ts';
import type { Machinery } from './machinery.ts';

/** A container that is to exist. */
export interface ContainerPlan {
  /** The container's name. */
  readonly containerName: string;
  /** The sandbox's id. */
  readonly id: string;
  readonly image: ImageFacts;
  /** True: other processes may use the container again by its name, so that it gets the name when it is ready. */
  readonly isShared: boolean;
}

/** The caller's options, with a signal that also aborts at the start timeout. */
export type TimedCreateOptions = CreateOptions & { readonly abortSignal: AbortSignal };

/** Milliseconds until a new sandbox expires; null: never. */
export function expiryOf({ options }: Machinery, { expiresInMs }: CreateOptions): number | null {
  return expiresInMs === undefined ? options.expiresInMs : expiresInMs;
}
