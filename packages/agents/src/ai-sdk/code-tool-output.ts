import type { CodeResult, Outcome, RichResult, TruncationReport } from '@sandpod/core';
import type { PlatformFailure } from '../shared/failure-text.ts';

/** A file that a run made, as it goes to a page. */
export interface CodeToolFile {
  /** Relative to the workspace, as the guest wrote it: show control and direction characters as escapes. */
  readonly path: string;
  readonly size: number;
  readonly mediaType: string;
  /** Base64; images within the limits only. */
  readonly data?: string;
}

/**
 * What a code tool yields: the state of the run so far, so that the last one is all there is to know. Plain JSON.
 *
 * Texts are without terminal codes and bounded, the middle cut out with a notice. They are data of a guest: never render them as HTML.
 */
export interface CodeToolOutput {
  readonly status: 'starting' | 'running' | 'done';
  readonly language: string;
  /** One line for people while a sandbox starts: image pull, pod start. */
  readonly progress?: string;
  /** Both streams in the order of arrival. */
  readonly output: string;
  readonly stdout: string;
  readonly stderr: string;
  /** How the run ended; absent until it has, and when the platform failed before it could start. */
  readonly outcome?: Outcome;
  readonly exitCode?: number | null;
  readonly reason?: string;
  readonly durationMs?: number;
  readonly truncated?: TruncationReport;
  readonly stateLost?: boolean;
  readonly error?: NonNullable<CodeResult['error']>;
  /** Why nothing could be run at all. */
  readonly failure?: PlatformFailure;
  readonly files: readonly CodeToolFile[];
  /** How many more files the run made than are in `files`; absent when all are. */
  readonly omittedFiles?: number;
  readonly results: readonly RichResult[];
}
