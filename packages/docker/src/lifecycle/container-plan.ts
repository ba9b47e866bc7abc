import type { CreateOptions } from '@sandpod/core';
import type { ImageFacts } from '../client/find-image.ts';

/** A container that is to exist: who it will be, and how long its start may take. */
export interface ContainerPlan {
  /** The container's name. */
  readonly name: string;
  /** The id of the sandbox. */
  readonly id: string;
  readonly image: ImageFacts;
  /** True: other processes may use the container again by its name, so that it gets the name when it is ready. */
  readonly isShared: boolean;
}

/** The caller's options, with the signal that also aborts at the start timeout. */
export type TimedCreateOptions = CreateOptions & { readonly abortSignal: AbortSignal };
