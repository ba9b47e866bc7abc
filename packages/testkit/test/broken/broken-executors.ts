import type { CodeBlock, CodeExecutor, CodeResult, ExecuteOptions, ExecutionEvent } from '@sandpod/core';
import type { ExecutorFactoryOptions } from '../../src/executor/executor-suite-config.ts';
import { overlay } from './wrap-provider.ts';

const NOTHING_RAN: CodeResult = {
  outcome: 'ok',
  exitCode: 0,
  output: '',
  stdout: '',
  stderr: '',
  blocks: [],
  files: [],
  results: [],
  stateLost: false,
  durationMs: 0,
};

/** Defects that executors have had, each with one test that must catch it. */
export const BROKEN_EXECUTORS: readonly {
  readonly defect: string;
  readonly breakage?: (executor: CodeExecutor) => CodeExecutor;
  /** Changes the options of the executor. */
  readonly options?: (options: ExecutorFactoryOptions) => ExecutorFactoryOptions;
  readonly caughtBy: string;
}[] = [
  {
    defect: 'a failure of the platform becomes a success',
    breakage: (executor) =>
      changeResult(executor, (result) => (result.outcome === 'timeout' ? { ...result, outcome: 'ok', exitCode: 0 } : result)),
    caughtBy: 'timeout › an endless loop ends at the limit, its output so far and its file are kept, and the next call works [row 23]',
  },
  {
    defect: 'blocks after a failure run',
    breakage: (executor) => overlay(executor, { execute: (blocks, options) => runAll(executor, blocks, options) }),
    caughtBy: 'blocks › the first failure stops the call, and later blocks do not run',
  },
  {
    defect: 'stderr is mixed into stdout',
    breakage: (executor) => changeResult(executor, (result) => ({ ...result, stdout: result.output, stderr: '' })),
    caughtBy: 'output › stdout and stderr are separate, and `output` contains both in order',
  },
  {
    defect: 'events of a block have no end',
    breakage: (executor) => overlay(executor, { stream: (blocks, options) => withoutBlockEnds(executor.stream(blocks, options)) }),
    caughtBy: 'output › each block has a start and an end event, and the last event is `end` with the result',
  },
  {
    defect: 'stop() forgets to stop',
    breakage: (executor) => overlay(executor, { restart: async () => {} }),
    caughtBy: 'lifecycle › restart() clears everything',
  },
  {
    defect: 'the abort signal is ignored',
    breakage: (executor) =>
      overlay(executor, {
        runCode: (code, { abortSignal: _, ...options } = {}) => executor.runCode(code, { ...options, timeoutMs: 5_000 }),
      }),
    caughtBy: 'cancel › an abort ends a busy loop, and the next call works',
  },
  {
    defect: 'functions that do not load count as loaded',
    breakage: (executor) => overlay(executor, { runCode: (code, options) => executor.runCode(code, options).catch(() => NOTHING_RAN) }),
    caughtBy: 'functions › errors that only Python can detect are reported by the first call, which runs nothing',
  },
  {
    defect: 'functions are set up for every call',
    breakage: (executor) =>
      overlay(executor, {
        runCode: async (code, options) => {
          await executor.stop();
          return executor.runCode(code, options);
        },
      }),
    caughtBy: 'functions set-up › it happens once, even for parallel calls, and again in a new sandbox',
  },
  {
    defect: 'processes of a call survive against the option',
    options: ({ leftovers: _, ...options }) => options,
    caughtBy: 'sandbox ownership › `leftovers: end` ends every process that a call started, and keeps files',
  },
  {
    defect: 'an executor creates a sandbox instead of attaching to the given one',
    options: ({ attachTo: _, ...options }) => options,
    caughtBy: 'sandbox ownership › an attached executor shares the files of its sandbox, and stop() keeps the sandbox',
  },
  {
    defect: 'disposal removes a sandbox that it should keep',
    options: ({ autoRemove: _, ...options }) => options,
    caughtBy: 'sandbox ownership › with `autoRemove: false`, disposal keeps the sandbox and its files, and ends its processes',
  },
];

function changeResult(executor: CodeExecutor, change: (result: CodeResult) => CodeResult): CodeExecutor {
  return overlay(executor, {
    execute: async (blocks, options) => change(await executor.execute(blocks, options)),
    runCode: async (code, options) => change(await executor.runCode(code, options)),
    stream: (blocks, options) => withResult(executor.stream(blocks, options), change),
  });
}

async function* withResult(
  events: AsyncIterable<ExecutionEvent>,
  change: (result: CodeResult) => CodeResult,
): AsyncGenerator<ExecutionEvent> {
  for await (const event of events) yield event.type === 'end' ? { ...event, result: change(event.result) } : event;
}

async function runAll(executor: CodeExecutor, blocks: readonly CodeBlock[], options?: ExecuteOptions): Promise<CodeResult> {
  let last: CodeResult | undefined;
  for (const block of blocks) last = await executor.execute([block], options);
  return last ?? executor.execute([], options);
}

async function* withoutBlockEnds(events: AsyncIterable<ExecutionEvent>): AsyncGenerator<ExecutionEvent> {
  for await (const event of events) if (event.type !== 'block-end') yield event;
}
