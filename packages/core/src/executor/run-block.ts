import type { CodeBlock } from '../contract/code-block.ts';
import type { BlockResult } from '../contract/code-result.ts';
import { DEFAULT_GRACE_MS } from '../contract/defaults.ts';
import type { InputFile, SandboxProcess } from '../contract/process.ts';
import { feedInput } from '../sandbox/feed-input.ts';
import { type BlockEnding, endedByCause, endedByError, endedByItself, refusedByError } from './block-ending.ts';
import { BlockOutput } from './block-output.ts';
import type { Call } from './call.ts';
import { type BlockPlan, planBlock } from './plan-block.ts';
import { pumpOutput } from './pump-output.ts';

/** Time that the sandbox has, beyond limit and grace, to end a run itself before it is taken to be stuck. */
const OUTER_MARGIN_MS = 3_000;

type RunPlan = Extract<BlockPlan, { kind: 'run' }>;

/** Runs, saves or refuses one block. Throws only what the platform caused before the first program could start. */
export async function runBlock(call: Call, block: CodeBlock, index: number): Promise<BlockResult> {
  const startedMs = performance.now();
  const plan = await planBlock(block, call);
  const codeFile = plan.kind === 'refuse' ? {} : { codeFile: plan.codeFile };
  await call.emit({ type: 'block-start', index, language: plan.language, ...codeFile });
  const output = new BlockOutput({ index, collector: call.collectorForBlock(), callCollector: call.collector, emit: call.emit });
  const ending = await followPlan(call, plan, output);
  await output.end();
  const { stdout, stderr, output: both, truncated } = output.collector.snapshot();
  const result: BlockResult = {
    ...ending,
    language: plan.language,
    ...codeFile,
    output: both,
    stdout,
    stderr,
    ...(truncated === undefined ? {} : { truncated }),
    results: [],
    durationMs: performance.now() - startedMs,
  };
  await call.emit({ type: 'block-end', index, result });
  return result;
}

async function followPlan(call: Call, plan: BlockPlan, output: BlockOutput): Promise<BlockEnding> {
  if (call.control.cause !== undefined) return endedByCause(call.control.cause);
  if (plan.kind === 'refuse') return { outcome: 'refused', exitCode: null, reason: plan.reason };
  if (plan.kind === 'save') return saveOnly(call, plan);
  if (call.remainingMs() <= 0) return call.timedOut();
  let process: SandboxProcess;
  try {
    process = await spawn(call, plan);
  } catch (error) {
    return endWithoutStart(call, error);
  }
  call.hasStarted = true;
  return follow(call, process, output);
}

async function saveOnly(
  call: Call,
  plan: { readonly language: string; readonly codeFile: string; readonly code: string },
): Promise<BlockEnding> {
  try {
    await writeFiles(call, [...call.takePendingFiles(), { path: plan.codeFile, content: plan.code }]);
    return { outcome: 'ok', exitCode: 0, reason: `Code saved to ${plan.codeFile}; ${plan.language} is not run here.` };
  } catch (error) {
    return endWithoutStart(call, error);
  }
}

/** Puts files into the workspace without starting anything. */
export async function writeFiles(call: Call, files: readonly InputFile[]): Promise<void> {
  const { sandbox } = call.session;
  for (const { path, content } of files) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    await sandbox.writeBinaryFile({ path, content: bytes, abortSignal: call.control.signal });
  }
}

function spawn(call: Call, plan: RunPlan): Promise<SandboxProcess> {
  const { sandbox } = call.session;
  const { options } = call;
  const timeoutMs = Math.max(1, Math.ceil(call.remainingMs()));
  const graceMs = DEFAULT_GRACE_MS + OUTER_MARGIN_MS;
  call.control.endAfter(timeoutMs + graceMs, { kind: 'timeout', reason: call.timedOut().reason });
  return sandbox.spawn({
    argv: [...plan.interpreter, `${sandbox.workspace}/${plan.program}`, ...(options.args ?? [])],
    env: call.environment(plan.env),
    cwd: options.cwd,
    files: [...call.takePendingFiles(), ...plan.files],
    stdin: !call.hasStarted && options.stdin !== undefined,
    timeoutMs,
    outputBytes: Math.max(1, sandbox.limits.outputBytes - call.collector.totalBytes),
    abortSignal: call.control.signal,
  });
}

async function follow(call: Call, process: SandboxProcess, output: BlockOutput): Promise<BlockEnding> {
  const { control, options } = call;
  const feeding = process.stdin === undefined ? undefined : feedInput(process.stdin, options.stdin ?? '');
  let ending: BlockEnding;
  try {
    await pumpOutput({ output: process.output, push: (chunk) => output.push(chunk), abortSignal: control.signal });
    ending = endedByItself(await process.wait());
  } catch (error) {
    // A broken stream is a symptom; the process knows the cause.
    const cause = await process.wait().then(
      () => error,
      (lost: unknown) => lost,
    );
    ending = endedByError(cause);
    // The sandbox knows only what was left of the limit.
    if (ending.outcome === 'timeout') ending = call.timedOut();
  }
  await feeding;
  if (control.cause === undefined || ending.exitCode !== null) return ending;
  await call.keepOrDiscard(process);
  return endedByCause(control.cause);
}

function endWithoutStart(call: Call, error: unknown): BlockEnding {
  if (call.control.cause !== undefined) return endedByCause(call.control.cause);
  const refused = refusedByError(error);
  if (refused !== undefined) return refused;
  if (!call.hasStarted) throw error;
  return endedByError(error);
}
