import { isTmpCodeFile } from '../blocks/code-file-name.ts';
import type { CodeBlock } from '../contract/code-block.ts';
import type { BlockResult } from '../contract/code-result.ts';
import { type BlockEnding, endedByCause, refusedByError } from './block-ending.ts';
import type { Call } from './call.ts';
import { type CollectedFiles, collectFiles, type RememberedFiles, rememberFiles } from './collect-files.ts';
import type { SessionCallResult } from './queued-code-executor.ts';
import { runBlock, writeFiles } from './run-block.ts';

export interface RunCallOptions {
  /** Writes the functions module again if another executor has replaced it. */
  readonly restoreFunctions: (abortSignal: AbortSignal) => Promise<void>;
  /** If true, ends all processes that are still running after the last block. */
  readonly endsLeftovers: boolean;
  readonly deleteTmpFiles: boolean;
}

/** Runs the blocks of one call in order, stops at the first failure, ends leftovers, collects files and cleans up. */
export async function runCall(call: Call, work: RunCallOptions & { readonly blocks: readonly CodeBlock[] }): Promise<SessionCallResult> {
  const results: BlockResult[] = [];
  let before: RememberedFiles | undefined;
  let refusal: BlockEnding | undefined;
  try {
    await call.deadline.step('restoring the functions', work.restoreFunctions);
    before = await prepareCollecting(call);
    await runBlocks(call, { blocks: work.blocks, results });
  } catch (error) {
    refusal = call.control.cause === undefined ? refusedByError(error) : undefined;
    if (call.control.cause === undefined && refusal === undefined) throw error;
  }
  call.deadline.beginCleanUp();
  if (work.endsLeftovers) await endLeftovers(call);
  const codeFiles = results.flatMap((result) => result.codeFile ?? []);
  const collected = before === undefined ? { files: [] } : await collectFiles(call, { before, codeFiles });
  for (const file of collected.files) await call.emit({ type: 'file', file });
  if (work.deleteTmpFiles) await deleteTmpFiles(call, codeFiles);
  return composeResult({ call, results, collected, refusal, blockCount: work.blocks.length });
}

async function runBlocks(call: Call, work: { readonly blocks: readonly CodeBlock[]; readonly results: BlockResult[] }): Promise<void> {
  for (const [index, block] of work.blocks.entries()) {
    if (call.control.cause !== undefined) return;
    const result = await runBlock(call, block, index);
    work.results.push(result);
    if (result.outcome !== 'ok') return;
  }
}

async function prepareCollecting(call: Call): Promise<RememberedFiles | undefined> {
  const { collectFiles: wanted } = call.options;
  if (wanted === undefined || wanted === false) return undefined;
  await writeFiles(call, call.takePendingFiles());
  return rememberFiles(call);
}

/** Ends processes that are still running. Discards the sandbox if a process may have survived. */
async function endLeftovers(call: Call): Promise<void> {
  const { session, deadline } = call;
  if (session.lostReason !== undefined) return;
  try {
    await deadline.cleanUpStep('ending leftover processes', (abortSignal) => session.sandbox.endProcesses({ abortSignal }));
  } catch {
    call.discard();
  }
}

/** Deletes the code files with generated names. Does nothing if the sandbox is gone. */
async function deleteTmpFiles(call: Call, codeFiles: readonly string[]): Promise<void> {
  const { session, deadline } = call;
  for (const path of new Set(codeFiles.filter(isTmpCodeFile))) {
    if (session.lostReason !== undefined) return;
    await deadline.cleanUpStep(`deleting ${path}`, (abortSignal) => session.sandbox.deleteFile({ path, abortSignal })).catch(() => {});
  }
}

function composeResult(parts: {
  readonly call: Call;
  readonly results: readonly BlockResult[];
  readonly blockCount: number;
  readonly collected: CollectedFiles;
  /** Set if no block could be started. */
  readonly refusal: BlockEnding | undefined;
}): SessionCallResult {
  const { call, results, collected } = parts;
  const ending = parts.refusal ?? endingOf(call, parts);
  const [first] = results;
  const reasons = reasonsOf(call, { ending, collected });
  const { stdout, stderr, output, truncated } = call.hasOneBlock && first !== undefined ? first : call.collector.snapshot();
  const codeFile = first?.codeFile;
  return {
    outcome: ending.outcome,
    exitCode: ending.exitCode,
    output,
    stdout,
    stderr,
    ...(truncated === undefined ? {} : { truncated }),
    blocks: results,
    ...(codeFile === undefined ? {} : { codeFile }),
    files: collected.files,
    results: results.flatMap((result) => result.results),
    ...(reasons.length === 0 ? {} : { reason: reasons.join(' ') }),
  };
}

/** Returns the last block's ending, unless the call was ended before all blocks had run, or the sandbox hung afterwards. */
function endingOf(call: Call, work: { readonly results: readonly BlockResult[]; readonly blockCount: number }): BlockEnding {
  const { results, blockCount } = work;
  const { control, deadline } = call;
  const last = results.at(-1);
  if (last !== undefined && last.outcome !== 'ok') return last;
  if (results.length < blockCount && control.cause !== undefined) return endedByCause(control.cause);
  if (deadline.stuckCause !== undefined) return endedByCause(deadline.stuckCause);
  return last ?? { outcome: 'ok', exitCode: null };
}

function reasonsOf(call: Call, parts: { readonly ending: BlockEnding; readonly collected: CollectedFiles }): string[] {
  const stuck = call.deadline.stuckCause?.reason;
  return [...new Set([parts.ending.reason, stuck ?? parts.collected.problem])].filter((reason) => reason !== undefined);
}
