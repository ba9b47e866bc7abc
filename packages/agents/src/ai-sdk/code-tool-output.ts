import type { ExecutionError, Outcome, RichResult, TruncationReport } from '@sandpod/core';
import type { PlatformFailure } from '../shared/failure-text.ts';

/** A file that a run created or changed, as sent to a web page. */
export interface CodeToolFile {
  /**
   * Path relative to the workspace. The guest chose the name, so escape any control characters and direction characters before you show it.
   */
  readonly path: string;
  readonly size: number;
  readonly mediaType: string;
  /** The content in base64; only for images within the limits. */
  readonly data?: string;
}

/**
 * The output of a code tool: the whole state of the run so far, as plain JSON. Each output replaces the previous output.
 *
 * Texts contain no terminal codes. A long text is cut in the middle, and a notice replaces the omitted characters. Texts come from a guest,
 * so never render them as HTML.
 */
export interface CodeToolOutput {
  readonly status: 'starting' | 'running' | 'done';
  readonly language: string;
  /** A line of text for the user about the start of the sandbox, such as the progress of an image pull. */
  readonly progress?: string;
  /** stdout and stderr, in order of arrival. */
  readonly output: string;
  readonly stdout: string;
  readonly stderr: string;
  /** Shows how the run ended. Absent while the code is running, or if the platform failed before the run started. */
  readonly outcome?: Outcome;
  readonly exitCode?: number | null;
  readonly reason?: string;
  readonly durationMs?: number;
  readonly truncated?: TruncationReport;
  readonly stateLost?: boolean;
  readonly error?: ExecutionError;
  /** The reason why the platform could not run the code. */
  readonly failure?: PlatformFailure;
  readonly files: readonly CodeToolFile[];
  /** Number of files that are not in `files`; absent if none are missing. */
  readonly omittedFiles?: number;
  readonly results: readonly RichResult[];
}
