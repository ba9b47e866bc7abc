import type { CodeBlock } from '../contract/code-block.ts';
import type { BlockResult } from '../contract/code-result.ts';
import type { Kernel } from '../contract/kernel.ts';
import type { InputFile, OutputChunk, SandboxProcess } from '../contract/process.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { followProcess } from '../sandbox/follow-process.ts';
import { type BlockEnding, endedByCause, endedByError, endedByItself, refusedByError } from './block-ending.ts';
import { BlockOutput } from './block-output.ts';
import type { Call } from './call.ts';
import { deleteOldCode } from './delete-old-code.ts';
import { type BlockPlan, planBlock } from './plan-block.ts';
import { type CellEnding, runCell } from './run-cell.ts';

/** Time limit for the start of a kernel. */
const KERNEL_START_MS = 60_000;

type RunPlan = Extract<BlockPlan, { kind: 'run' }>;
type CellPlan = Extract<BlockPlan, { kind: 'cell' }>;

/** Runs, saves or refuses one block. Throws only if the platform failed before the first program could start. */
export async function runBlock(call: Call, block: CodeBlock, index: number): Promise<BlockResult> {
  const startedMs = performance.now();
  const startedBeforeMs = call.deadline.startMs;
  const plan = await planBlock(block, call);
  const codeFile = plan.kind === 'refuse' || plan.codeFile === undefined ? {} : { codeFile: plan.codeFile };
  await call.emit({ type: 'block-start', index, language: plan.language, ...codeFile });
  const output = new BlockOutput({ index, collector: call.collectorForBlock(), callCollector: call.collector, emit: call.emit });
  const ending = await followPlan(call, plan, output);
  await output.end();
  const { stdout, stderr, output: both, truncated } = output.collector.snapshot();
  const result: BlockResult = {
    results: [],
    ...ending,
    language: plan.language,
    ...codeFile,
    output: both,
    stdout,
    stderr,
    ...(truncated === undefined ? {} : { truncated }),
    durationMs: performance.now() - startedMs - (call.deadline.startMs - startedBeforeMs),
  };
  await call.emit({ type: 'block-end', index, result });
  return result;
}

async function followPlan(call: Call, plan: BlockPlan, output: BlockOutput): Promise<BlockEnding | CellEnding> {
  if (call.control.cause !== undefined) return endedByCause(call.control.cause);
  if (plan.kind === 'refuse') return { outcome: 'refused', exitCode: null, reason: plan.reason };
  const { context } = call;
  if (context !== undefined && context.language !== plan.language)
    return { outcome: 'refused', exitCode: null, reason: `The context is for ${context.language}, and the block is ${plan.language}.` };
  if (plan.kind === 'save') return saveOnly(call, plan);
  if (call.deadline.remainingMs() <= 0) return call.timedOut();
  if (plan.kind === 'cell') return followCell(call, plan, output);
  let process: SandboxProcess;
  try {
    process = await spawn(call, plan);
  } catch (error) {
    return endWithoutStart(call, error);
  }
  const isFirst = !call.hasStarted;
  call.hasStarted = true;
  return follow(call, process, { output, stdin: isFirst ? (call.options.stdin ?? '') : '' });
}

async function followCell(call: Call, plan: CellPlan, output: BlockOutput): Promise<BlockEnding | CellEnding> {
  const { stdin, args } = call.options;
  if (stdin !== undefined || args !== undefined) {
    const given = stdin === undefined ? 'args' : 'stdin';
    return {
      outcome: 'refused',
      exitCode: null,
      reason: `${given} cannot be set: the code runs in a kernel, which is no program of its own.`,
    };
  }
  try {
    const named = plan.codeFile === undefined ? [] : [{ path: plan.codeFile, content: plan.code }];
    await writeFiles(call, [...call.takePendingFiles(), ...named]);
    const kernel = await startKernel(call, plan);
    call.hasStarted = true;
    return await runCell(call, { kernel, kernels: call.session.kernels, key: keyOf(call, plan), code: plan.code }, output);
  } catch (error) {
    return endWithoutStart(call, error);
  }
}

/** Each context has a kernel of its own. Other blocks share one kernel for each language. */
function keyOf({ options }: Call, { language }: CellPlan): string {
  return options.contextId ?? language;
}

function startKernel(call: Call, plan: CellPlan): Promise<Kernel> {
  const { language, interpreter, env } = plan;
  const { session, kernelProvider, deadline, context } = call;
  if (kernelProvider === undefined) throw new Error('Expected a provider of kernels.');
  const { sandbox, kernels } = session;
  return deadline.startUp(`starting the ${language} kernel`, {
    limitMs: KERNEL_START_MS,
    operate: (abortSignal) =>
      kernels.get(keyOf(call, plan), () =>
        kernelProvider.start({ sandbox, language, interpreter, env: call.kernelEnvironment(env), cwd: context?.cwd, abortSignal }),
      ),
  });
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

/** Writes files into the workspace without starting anything. */
export async function writeFiles(call: Call, files: readonly InputFile[]): Promise<void> {
  const { sandbox } = call.session;
  for (const { path, content } of files) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const write = (abortSignal: AbortSignal): Promise<void> => sandbox.writeBinaryFile({ path, content: bytes, abortSignal });
    await call.deadline.step(`writing ${path}`, write);
  }
}

function spawn(call: Call, plan: RunPlan): Promise<SandboxProcess> {
  const { sandbox } = call.session;
  const { options, deadline } = call;
  const spawnOptions = {
    argv: [...plan.interpreter, `${sandbox.workspace}/${plan.program}`, ...(options.args ?? [])],
    env: call.environment(plan.env),
    cwd: options.cwd,
    files: [...call.takePendingFiles(), ...plan.files],
    stdin: !call.hasStarted && options.stdin !== undefined,
    timeoutMs: Math.max(1, Math.ceil(deadline.remainingMs())),
    outputBytes: Math.max(1, sandbox.limits.outputBytes - call.collector.totalBytes),
  } as const;
  const start = async (abortSignal: AbortSignal): Promise<SandboxProcess> => {
    try {
      return await sandbox.spawn({ ...spawnOptions, abortSignal });
    } catch (error) {
      if (!(SandpodError.isInstance(error) && error.code === 'disk-full')) throw error;
      // Guest code has filled the workspace. Free some space, so that code that deletes files can be written.
      await deleteOldCode(sandbox, abortSignal);
      return sandbox.spawn({ ...spawnOptions, abortSignal });
    }
  };
  return deadline.start(`starting the ${plan.language} program`, { isFirst: !call.hasStarted, operate: start });
}

async function follow(
  call: Call,
  process: SandboxProcess,
  io: { readonly output: BlockOutput; readonly stdin: string | Uint8Array },
): Promise<BlockEnding> {
  const { control, deadline } = call;
  // A sandbox enforces the limit itself. This timer is for a sandbox that fails to do so.
  using _outer = control.endAfter(deadline.remainingOuterMs(), deadline.timedOut());
  try {
    const { output, stdin } = io;
    const onChunk = (chunk: OutputChunk): Promise<void> => output.push(chunk);
    return endedByItself(await followProcess(process, { onChunk, stdin, abortSignal: control.signal, onStuck: call.discard }));
  } catch (error) {
    if (control.cause !== undefined) return endedByCause(control.cause);
    const ending = endedByError(error);
    // The sandbox's reason contains only the remaining time, not the whole limit.
    return ending.outcome === 'timeout' ? call.timedOut() : ending;
  }
}

function endWithoutStart(call: Call, error: unknown): BlockEnding {
  if (call.control.cause !== undefined) return endedByCause(call.control.cause);
  const refused = refusedByError(error);
  if (refused !== undefined) return refused;
  if (!call.hasStarted) throw error;
  return endedByError(error);
}
