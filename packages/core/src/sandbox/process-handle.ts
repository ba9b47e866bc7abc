import type { ExitStatus, OutputChunk, SandboxProcess } from '../contract/process.ts';
import { splitOutput } from './split-output.ts';

export interface ProcessHandleParts {
  readonly output: ReadableStream<OutputChunk>;
  readonly stdin?: WritableStream<Uint8Array> | undefined;
  readonly pid?: number | undefined;
  wait(): Promise<ExitStatus>;
  kill(): Promise<void>;
}

/** Makes a {@link SandboxProcess} of what a back end has: `stdout` and `stderr` are split off `output` when first asked for. */
export function createProcessHandle(parts: ProcessHandleParts): SandboxProcess {
  let split: ReturnType<typeof splitOutput> | undefined;
  const streams = (): ReturnType<typeof splitOutput> => {
    split ??= splitOutput(parts.output);
    return split;
  };
  return {
    ...(parts.pid === undefined ? {} : { pid: parts.pid }),
    ...(parts.stdin === undefined ? {} : { stdin: parts.stdin }),
    output: parts.output,
    get stdout() {
      return streams().stdout;
    },
    get stderr() {
      return streams().stderr;
    },
    wait: () => parts.wait(),
    kill: () => parts.kill(),
  };
}
