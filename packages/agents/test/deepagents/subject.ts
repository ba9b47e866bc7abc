import type { Sandbox } from '@sandpod/core';
import type { SandpodBackend } from '../../src/deepagents/index.ts';

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A sandbox and its backend, for a group of tests. */
export interface Subject {
  readonly sandbox: () => Sandbox;
  readonly backend: () => SandpodBackend;
  /** Absolute paths in a directory that no other test uses. */
  fresh(): (path: string) => string;
}
