import type { BashOptions } from 'just-bash';

const unlimited = Number.MAX_SAFE_INTEGER;
/** The longest string that this platform allows. */
const longestText = 512 << 20;
/** Memory that is allowed for each element of a list, in bytes. An element takes 8 bytes, and up to 20 while the list grows. */
const elementBytes = 48;

/** Limits that do not depend on the sandbox. */
const fixedLimits = {
  maxCommandCount: unlimited,
  maxLoopIterations: unlimited,
  maxAwkIterations: unlimited,
  maxSedIterations: unlimited,
  maxQueryTokens: unlimited,
  maxAwkParserTokens: unlimited,
  maxAwkParserOperations: unlimited,
  maxCsvRows: unlimited,
  maxCsvCells: unlimited,
  maxWorkUnits: unlimited,
  maxTraversalEntries: unlimited,
  maxTraversalWork: unlimited,
  maxInputBytes: unlimited,
  maxArchiveBytes: unlimited,
  maxArchiveCompressedBytes: unlimited,
  maxArchiveEntryBytes: unlimited,
  maxArchiveEntries: unlimited,
  maxExecutionTimeMs: unlimited,
  maxGlobOperations: unlimited,
  maxSourceBytes: longestText,
  maxBraceExpansionResults: 1_000_000,
  maxOutputSize: unlimited,
  maxCallDepth: 1000,
} as const;

/**
 * Removes the counting limits of just-bash, because the run's deadline and memory limit are enforced from outside.
 *
 * The depth limits stay finite, because they protect this thread's stack and cause an error that a script can see. The size limits for
 * values also stay finite, because the whole process ends if V8 cannot allocate a list or text.
 */
export function shellLimits(memoryBytes: number): NonNullable<BashOptions['executionLimits']> {
  const maxElements = Math.floor(memoryBytes / elementBytes);
  const maxText = Math.min(longestText, Math.floor(memoryBytes / 4));
  return {
    ...fixedLimits,
    maxQueryElements: maxElements,
    maxJqIterations: maxElements,
    maxArrayElements: maxElements,
    maxStringLength: maxText,
    maxHeredocSize: maxText,
    maxLiveBytes: memoryBytes,
  };
}
