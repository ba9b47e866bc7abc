import { type CodeResult, type ExecutionEvent, ProcessLost, type SandboxSession } from '@sandpod/core';
import { CallControl, cancelledByCaller, OutputCollector, StreamDecoder } from '@sandpod/core/backend';
import { causeOf } from '../shared/cause-of.ts';

export interface CommandRun {
  readonly session: SandboxSession;
  readonly command: string;
  readonly workingDirectory: string | undefined;
  /** Milliseconds until the command is killed. */
  readonly timeoutMs: number;
  readonly abortSignal: AbortSignal;
  readonly onEvent: (event: ExecutionEvent) => void;
}

type Ending = Pick<CodeResult, 'outcome' | 'exitCode' | 'reason'>;

/**
 * Runs a shell command in a sandbox session, and reports the same events as an executor.
 *
 * @throws {SandpodError} if the command could not be started.
 */
export async function runCommand(run: CommandRun): Promise<void> {
  using control = new CallControl();
  control.follow(run.abortSignal, cancelledByCaller);
  control.endAfter(run.timeoutMs, { kind: 'timeout', reason: `The time limit of ${run.timeoutMs} ms was reached.` });
  const collector = new OutputCollector();
  const startedMs = performance.now();
  const ending = await endingOf(run, { control, collector });
  const { totalBytes: _, ...texts } = collector.snapshot();
  const durationMs = performance.now() - startedMs;
  run.onEvent({ type: 'end', result: { ...ending, ...texts, blocks: [], files: [], results: [], stateLost: false, durationMs } });
}

interface Following {
  readonly control: CallControl;
  readonly collector: OutputCollector;
}

async function endingOf(run: CommandRun, following: Following): Promise<Ending> {
  const { control } = following;
  try {
    const { exitCode } = await followProcess(run, following);
    return { outcome: exitCode === 0 ? 'ok' : 'failed', exitCode };
  } catch (error) {
    const { cause } = control;
    if (cause) return { outcome: cause.kind === 'timeout' ? 'timeout' : 'cancelled', exitCode: null, reason: cause.reason };
    if (ProcessLost.isInstance(error)) return { outcome: error.outcome, exitCode: null, reason: error.reason };
    throw error;
  }
}

async function followProcess(run: CommandRun, { control, collector }: Following): Promise<{ readonly exitCode: number }> {
  const { session, command, workingDirectory, onEvent } = run;
  const inDirectory = workingDirectory === undefined ? {} : { workingDirectory };
  const process = await session.spawn({ command, ...inDirectory, abortSignal: control.signal });
  onEvent({ type: 'block-start', index: 0, language: 'sh' });
  const read = async (stream: 'stdout' | 'stderr'): Promise<void> => {
    const decoder = new StreamDecoder();
    for await (const bytes of process[stream]) {
      collector.push({ stream, bytes });
      onEvent({ type: stream, index: 0, text: decoder.decode(bytes) });
    }
  };
  try {
    await Promise.all([read('stdout'), read('stderr')]);
    return await process.wait();
  } catch (error) {
    await process.kill();
    throw await causeOf(process, error);
  }
}
