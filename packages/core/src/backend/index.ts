export { extractCodeBlocksInSteps } from '../blocks/extract-code-blocks.ts';
export { abortable } from '../control/abortable.ts';
export { CallControl, cancelledByCaller } from '../control/call-control.ts';
export { CallDeadline, type CallDeadlineOptions } from '../control/call-deadline.ts';
export type { EndCause } from '../control/end-cause.ts';
export { EventChannel } from '../control/event-channel.ts';
export { FifoQueue } from '../control/fifo-queue.ts';
export { filterInTurns, inTurns, mapInTurns, Pace } from '../control/pace.ts';
export { resolvesWithin, settlesWithin } from '../control/settles-within.ts';
export type { Steps } from '../control/steps.ts';
export { malformedAnswer } from '../errors/malformed-answer.ts';
export { BaseCodeExecutor } from '../executor/base-code-executor.ts';
export { type BlockEnding, endedByCause } from '../executor/block-ending.ts';
export { CommandLineCodeExecutor } from '../executor/command-line-code-executor.ts';
export { commandLineOptionsShape, separateOptions } from '../executor/command-line-options.ts';
export {
  type OpenSessionOptions,
  type PrepareSessionOptions,
  QueuedCodeExecutor,
  type SessionCall,
  type SessionCallResult,
} from '../executor/queued-code-executor.ts';
export { ResultReader } from '../executor/result-reader.ts';
export { type CloseReason, type KeptSession, SessionKeeper, type SessionKeeperOptions } from '../executor/session-keeper.ts';
export { closestName } from '../options/closest-name.ts';
export { validateAttachOptions, validateClaimOptions, validateCreateOptions, validateListOptions } from '../options/create-options.ts';
export { givenLimitsSchema, limitsSchema } from '../options/limits-schema.ts';
export { requireNode } from '../options/require-node.ts';
export { resolveOnce } from '../options/resolve-once.ts';
export { expiresInMsSchema, leftoversSchema } from '../options/sandbox-options.ts';
export { durationMsSchema, environmentSchema } from '../options/schemas.ts';
export { validateOptions } from '../options/validate-options.ts';
export { OutputCollector } from '../output/output-collector.ts';
export { StreamDecoder } from '../output/stream-decoder.ts';
export { makeDirectory } from '../paths/make-directory.ts';
export { parseWorkspacePath, resolveInWorkspace } from '../paths/workspace-path.ts';
export { BaseSandbox } from '../sandbox/base-sandbox.ts';
export { DirectoryListing } from '../sandbox/directory-listing.ts';
export { type FollowProcessOptions, followProcess } from '../sandbox/follow-process.ts';
export { probeSystemCalls } from '../sandbox/probe-system-calls.ts';
export { createProcessHandle, type ProcessHandleParts } from '../sandbox/process-handle.ts';
export { fileTooLarge, WHOLE_READ_BYTES } from '../sandbox/read-all.ts';
export { readTextPieces } from '../sandbox/read-text.ts';
export { shellProgram } from '../sandbox/shell-program.ts';
export { type ShownFile, shownFiles } from '../sandbox/shown-files.ts';
export { isDue, type SweepCandidate, sweepCandidates } from '../sandbox/sweep-candidates.ts';
export { withinTime } from '../sandbox/within-time.ts';
export type { BackendDefinition } from './backend-definition.ts';
