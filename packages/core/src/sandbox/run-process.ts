import { DEFAULT_KEPT_OUTPUT_BYTES } from '../contract/defaults.ts';
import type { RunOptions, RunResult, SandboxProcess, SpawnOptions } from '../contract/process.ts';
import { ProcessLost } from '../errors/process-lost.ts';
import { OutputCollector } from '../output/output-collector.ts';
import { feedInput } from './feed-input.ts';

/** Implements `Sandbox.run` for all back ends: spawns the process, writes standard input, collects both streams and waits. */
export async function runProcess(spawn: (options: SpawnOptions) => Promise<SandboxProcess>, options: RunOptions): Promise<RunResult> {
  const { stdin, keptOutputBytes = DEFAULT_KEPT_OUTPUT_BYTES, ...rest } = options;
  const process = await spawn({ ...rest, stdin: stdin !== undefined });
  const collector = new OutputCollector({ keptBytes: keptOutputBytes });
  const feeding = stdin === undefined || process.stdin === undefined ? undefined : feedInput(process.stdin, stdin);
  try {
    for await (const chunk of process.output) collector.push(chunk);
    const { exitCode, reason } = await process.wait();
    await feeding;
    const { stdout, stderr } = collector.snapshot();
    return { exitCode, stdout, stderr, outcome: exitCode === 0 ? 'ok' : 'failed', ...(reason === undefined ? {} : { reason }) };
  } catch (error) {
    await process.kill();
    throw withOutput(await causeOf(process, error), collector);
  }
}

/** A broken output stream is only a symptom. If `wait()` rejects, its error is the cause. */
async function causeOf(process: SandboxProcess, error: unknown): Promise<unknown> {
  return process.wait().then(
    () => error,
    (cause: unknown) => cause,
  );
}

function withOutput(error: unknown, collector: OutputCollector): unknown {
  if (!ProcessLost.isInstance(error)) return error;
  const { stdout, stderr } = collector.snapshot();
  return new ProcessLost({ outcome: error.outcome, reason: error.reason, stdout, stderr, cause: error });
}
