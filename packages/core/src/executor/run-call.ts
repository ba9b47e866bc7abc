import { isTmpCodeFile } from '../blocks/code-file-name.ts';
import type { CodeBlock } from '../contract/code-block.ts';
import type { BlockResult, CodeResult } from '../contract/code-result.ts';
import { type BlockEnding, endedByCause } from './block-ending.ts';
import type { Call } from './call.ts';
import { type CollectedFiles, collectFiles, type RememberedFiles, rememberFiles } from './collect-files.ts';
import { runBlock, writeFiles } from './run-block.ts';

/** Runs the blocks of one call in order, stops at the first failure, and collects files. */
export async function runCall(call: Call, blocks: readonly CodeBlock[]): Promise<Omit<CodeResult, 'stateLost'>> {
  const before = await prepareCollecting(call);
  const results: BlockResult[] = [];
  let ending: BlockEnding | undefined;
  for (const [index, block] of blocks.entries()) {
    if (call.control.cause !== undefined) {
      ending = endedByCause(call.control.cause);
      break;
    }
    const result = await runBlock(call, block, index);
    results.push(result);
    ending = result;
    if (result.outcome !== 'ok') break;
  }
  const codeFiles = results.flatMap((result) => result.codeFile ?? []);
  const collected = before === undefined ? { files: [] } : await collectFiles(call, { before, codeFiles });
  for (const file of collected.files) await call.emit({ type: 'file', file });
  if (call.deleteTmpFiles) await deleteTmpFiles(call, codeFiles);
  return composeResult({ call, results, ending, collected });
}

async function prepareCollecting(call: Call): Promise<RememberedFiles | undefined> {
  const { collectFiles: wanted } = call.options;
  if (wanted === undefined || wanted === false) return undefined;
  await writeFiles(call, call.takePendingFiles());
  return rememberFiles(call);
}

/** Removes the code files that no block named; a sandbox that is gone has none. */
async function deleteTmpFiles(call: Call, codeFiles: readonly string[]): Promise<void> {
  for (const path of new Set(codeFiles.filter(isTmpCodeFile))) {
    await call.session.sandbox.deleteFile({ path }).catch(() => {});
  }
}

function composeResult(parts: {
  readonly call: Call;
  readonly results: readonly BlockResult[];
  readonly ending: BlockEnding | undefined;
  readonly collected: CollectedFiles;
}): Omit<CodeResult, 'stateLost'> {
  const { call, results, ending, collected } = parts;
  const [first] = results;
  const reasons = [ending?.reason, collected.problem].filter((reason) => reason !== undefined);
  const { stdout, stderr, output, truncated } = call.hasOneBlock && first !== undefined ? first : call.collector.snapshot();
  const codeFile = first?.codeFile;
  return {
    outcome: ending?.outcome ?? 'ok',
    exitCode: ending?.exitCode ?? null,
    output,
    stdout,
    stderr,
    ...(truncated === undefined ? {} : { truncated }),
    blocks: results,
    ...(codeFile === undefined ? {} : { codeFile }),
    files: collected.files,
    results: results.flatMap((result) => result.results),
    durationMs: performance.now() - call.startedMs,
    ...(reasons.length === 0 ? {} : { reason: reasons.join(' ') }),
  };
}
