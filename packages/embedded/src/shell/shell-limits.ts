import type { BashOptions } from 'just-bash';

const unlimited = Number.MAX_SAFE_INTEGER;
/** The longest string that this platform allows. */
const longestText = 512 << 20;

/**
 * Lifts the counting limits of just-bash: the run's deadline and memory limit are enforced from outside.
 *
 * The depth limits stay finite: they protect this thread's stack, and produce an error that a script can see.
 */
export const shellLimits: NonNullable<BashOptions['executionLimits']> = {
  maxCommandCount: unlimited,
  maxLoopIterations: unlimited,
  maxAwkIterations: unlimited,
  maxSedIterations: unlimited,
  maxJqIterations: unlimited,
  maxQueryTokens: unlimited,
  maxQueryElements: unlimited,
  maxAwkParserTokens: unlimited,
  maxAwkParserOperations: unlimited,
  maxCsvRows: unlimited,
  maxCsvCells: unlimited,
  maxWorkUnits: unlimited,
  maxTraversalEntries: unlimited,
  maxTraversalWork: unlimited,
  maxLiveBytes: unlimited,
  maxInputBytes: unlimited,
  maxArchiveBytes: unlimited,
  maxArchiveCompressedBytes: unlimited,
  maxArchiveEntryBytes: unlimited,
  maxArchiveEntries: unlimited,
  maxExecutionTimeMs: unlimited,
  maxGlobOperations: unlimited,
  maxStringLength: longestText,
  maxHeredocSize: longestText,
  maxSourceBytes: longestText,
  maxArrayElements: 10_000_000,
  maxBraceExpansionResults: 1_000_000,
  maxOutputSize: unlimited,
  maxCallDepth: 1000,
};
