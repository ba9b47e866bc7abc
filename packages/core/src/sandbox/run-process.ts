import { DEFAULT_KEPT_OUTPUT_BYTES } from '../contract/defaults.ts';
import type { RunOptions, RunResult, SandboxProcess, SpawnOptions } from '../contract/process.ts';
import { ProcessLost } from '../errors/process-lost.ts';
import { OutputCollector } from '../output/output-collector.ts';
import { followProcess } from './follow-process.ts';

/** Implements `Sandbox.run` for all back ends: spawns the process, writes standard input, collects both streams and waits. */
export async function runProcess(spawn: (options: SpawnOptions) => Promise<SandboxProcess>, options: RunOptions): Promise<RunResult> {
  const { stdin, keptOutputBytes = DEFAULT_KEPT_OUTPUT_BYTES, ...rest } = options;
  const process = await spawn({ ...rest, stdin: stdin !== undefined });
  const collector = new OutputCollector({ keptBytes: keptOutputBytes });
  try {
    const { abortSignal } = options;
    const { exitCode, reason } = await followProcess(process, { stdin, abortSignal, onChunk: (chunk) => collector.push(chunk) });
    const { stdout, stderr } = collector.snapshot();
    return { exitCode, stdout, stderr, outcome: exitCode === 0 ? 'ok' : 'failed', ...(reason === undefined ? {} : { reason }) };
  } catch (error) {
    throw withOutput(error, collector);
  }
}

function withOutput(error: unknown, collector: OutputCollector): unknown {
  if (!ProcessLost.isInstance(error)) return error;
  const { stdout, stderr } = collector.snapshot();
  return new ProcessLost({ outcome: error.outcome, reason: error.reason, stdout, stderr, cause: error });
}
