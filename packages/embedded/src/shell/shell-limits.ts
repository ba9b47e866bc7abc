import type { BashOptions } from 'just-bash';

const unlimited = Number.MAX_SAFE_INTEGER;
/** Longer strings cannot be made on this platform. */
const longestText = 512 << 20;

/**
 * Limits of just-bash that only count, lifted: the run's deadline and memory are enforced from outside.
 *
 * The depths stay finite: they guard this thread's stack, and give an error that a script can see.
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
