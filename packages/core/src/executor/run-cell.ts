import { addAbortListener } from 'node:events';
import type { ExecutionError, RichResult } from '../contract/code-result.ts';
import { DEFAULT_GRACE_MS } from '../contract/defaults.ts';
import type { Kernel } from '../contract/kernel.ts';
import { KernelExited } from '../errors/kernel-exited.ts';
import { resolveInWorkspace } from '../paths/workspace-path.ts';
import { type BlockEnding, endedByCause, endedByError } from './block-ending.ts';
import type { BlockOutput } from './block-output.ts';
import type { Call } from './call.ts';
import { CellOutput } from './cell-output.ts';
import type { KernelSet } from './kernel-set.ts';

export interface Cell {
  readonly kernel: Kernel;
  readonly kernels: KernelSet;
  /** The kernel's key in `kernels`. */
  readonly key: string;
  readonly code: string;
}

/** The ending of a block that ran in a kernel, and what the block displayed. */
export interface CellEnding extends BlockEnding {
  readonly results: readonly RichResult[];
  readonly error?: ExecutionError;
  readonly executionCount?: number;
}

/** Runs a cell. A cell that does not end in time is interrupted. If that does not help, its kernel is ended. */
export async function runCell(call: Call, cell: Cell, output: BlockOutput): Promise<CellEnding> {
  const { control, deadline } = call;
  const seen = new CellOutput(output);
  using _limit = control.endAfter(deadline.remainingMs(), deadline.timedOut());
  using _stopping = stopOnAbort(call, cell);
  const ending = await follow(call, cell, seen);
  const { error, executionCount } = seen;
  return {
    ...ending,
    results: seen.results(),
    ...(error === undefined ? {} : { error }),
    ...(executionCount === undefined ? {} : { executionCount }),
  };
}

async function follow(call: Call, { kernel, kernels, key, code }: Cell, seen: CellOutput): Promise<BlockEnding> {
  const { control, options, session } = call;
  const { workspace, limits } = session.sandbox;
  const { outputBytes } = limits;
  const cwd = options.cwd === undefined ? undefined : resolveInWorkspace({ workspace, path: options.cwd });
  try {
    for await (const message of kernel.execute({ code, env: options.env, cwd })) {
      await seen.take(message);
      if (call.collector.totalBytes <= outputBytes) continue;
      await kernels.drop(key);
      return { outcome: 'output-limit', exitCode: null, reason: `The code wrote more than ${outputBytes} bytes of output (outputBytes).` };
    }
  } catch (error) {
    await kernels.drop(key);
    return control.cause === undefined ? endedWithKernel(error) : endedByCause(control.cause);
  }
  if (control.cause !== undefined) return endedByCause(control.cause);
  return seen.error === undefined ? { outcome: 'ok', exitCode: null } : failed(seen.error);
}

function failed({ name, value }: ExecutionError): BlockEnding {
  const [first = ''] = value.split('\n', 1);
  return { outcome: 'failed', exitCode: null, reason: `The code raised ${name}${first === '' ? '' : `: ${first.slice(0, 200)}`}` };
}

function endedWithKernel(error: unknown): BlockEnding {
  if (KernelExited.isInstance(error)) return { outcome: 'failed', exitCode: error.exitCode, reason: error.message };
  return endedByError(error);
}

/** After an abort, interrupts the cell. Ends the kernel if the cell has not ended after the grace period. */
function stopOnAbort(call: Call, { kernel, kernels, key }: Cell): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const drop = (): void => void kernels.drop(key).catch(call.discard);
  const listener = addAbortListener(call.control.signal, () => {
    timer = setTimeout(drop, call.session.sandbox.graceMs ?? DEFAULT_GRACE_MS);
    kernel.interrupt().then((isPossible) => isPossible || drop(), drop);
  });
  return {
    [Symbol.dispose]() {
      clearTimeout(timer);
      listener[Symbol.dispose]();
    },
  };
}
