import { z } from 'zod';
import { type ExitStatus, type OutputChunk, type SandboxProcess, SIGNAL_NAMES, type SignalName } from '../contract/process.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { validateOptions } from '../options/validate-options.ts';
import { splitOutput } from './split-output.ts';

const signalNameSchema = z.enum(SIGNAL_NAMES);

export interface ProcessHandleParts {
  readonly output: ReadableStream<OutputChunk>;
  readonly stdin?: WritableStream<Uint8Array> | undefined;
  readonly pid?: number | undefined;
  /** Absent if the platform does not support signals. */
  signal?(name: SignalName): Promise<void>;
  wait(): Promise<ExitStatus>;
  kill(): Promise<void>;
}

/** Creates a {@link SandboxProcess} from parts that a back end provides. Splits `output` into `stdout` and `stderr` on first access. */
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
    signal: async (name) => sendSignal(parts, name),
    wait: () => parts.wait(),
    kill: () => parts.kill(),
  };
}

async function sendSignal(parts: ProcessHandleParts, name: SignalName): Promise<void> {
  const valid = validateOptions(signalNameSchema, name, 'signal');
  if (parts.signal === undefined)
    throw new SandpodError({ code: 'unsupported', message: 'This back end cannot send signals to programs.' });
  await parts.signal(valid);
}
