import type { Outcome } from '@sandpod/core';

/** Advice for the user of `sandpod run` about each outcome; empty if the result's reason needs no further advice. */
export const OUTCOME_ADVICE: Readonly<Record<Outcome, string>> = {
  ok: '',
  failed: '',
  timeout: 'Allow more time with --timeout.',
  cancelled: '',
  'output-limit': 'Print less, or write to a file and fetch it with --out.',
  'memory-limit': 'Work on smaller pieces.',
  'disk-limit': 'Write less, or delete files that are no longer needed.',
  'cpu-limit': 'Compute less, or divide the work into smaller pieces.',
  evicted: 'Run it again.',
  'session-lost': 'Run it again.',
  transport: 'Check the connection to the back end, then run it again.',
  refused: 'Nothing was run.',
};
