import type { CreateOptions } from '@sandpod/core';
import type { ImageFacts } from '../client/find-image.ts';
import type { Machinery } from './machinery.ts';

/** The plan for a new container. */
export interface ContainerPlan {
  /** The container's name. */
  readonly containerName: string;
  /** The sandbox's id. */
  readonly id: string;
  readonly image: ImageFacts;
  /** True if other processes may reuse the container by its name. The container then gets the name only when it is ready. */
  readonly isShared: boolean;
}

/** The caller's options. Their signal also aborts when the start timeout has elapsed. */
export type TimedCreateOptions = CreateOptions & { readonly abortSignal: AbortSignal };

/** Returns the milliseconds until a new sandbox expires; null means never. */
export function expiryOf({ options }: Machinery, { expiresInMs }: CreateOptions): number | null {
  return expiresInMs === undefined ? options.expiresInMs : expiresInMs;
}
