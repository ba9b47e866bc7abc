import { z } from 'zod';
import { type ExitStatus, type OutputChunk, type SandboxProcess, SIGNAL_NAMES, type SignalName } from '../contract/process.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { validateOptions } from '../options/validate-options.ts';
import { feedLanes, OutputLane } from './output-lane.ts';
import { type SplitOutput, splitOutput } from './split-output.ts';

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

/**
 * Creates a {@link SandboxProcess} from parts that a back end provides. Splits `output` into `stdout` and `stderr` on first access. Once
 * `wait()` is called, output without a reader no longer blocks the process.
 */
export function createProcessHandle(parts: ProcessHandleParts): SandboxProcess {
  const streams = new ProcessStreams(parts.output);
  return {
    ...(parts.pid === undefined ? {} : { pid: parts.pid }),
    ...(parts.stdin === undefined ? {} : { stdin: parts.stdin }),
    get output() {
      return streams.whole.stream;
    },
    get stdout() {
      return streams.split.stdout;
    },
    get stderr() {
      return streams.split.stderr;
    },
    signal: async (name) => sendSignal(parts, name),
    wait: () => {
      streams.letGo();
      return parts.wait();
    },
    kill: () => parts.kill(),
  };
}

/** The streams of a process, which are created when they are needed. */
class ProcessStreams {
  readonly #source: ReadableStream<OutputChunk>;
  #whole: OutputLane<OutputChunk> | undefined;
  #split: SplitOutput | undefined;
  #isReleased = false;

  constructor(source: ReadableStream<OutputChunk>) {
    this.#source = source;
  }

  get whole(): OutputLane<OutputChunk> {
    if (this.#whole) return this.#whole;
    const lane = new OutputLane<OutputChunk>(({ bytes }) => bytes.byteLength);
    void feedLanes(this.#source, { push: (chunk) => lane.push(chunk), lanes: [lane] });
    this.#whole = lane;
    return lane;
  }

  get split(): SplitOutput {
    if (this.#split) return this.#split;
    this.#split = splitOutput(this.whole.stream);
    if (this.#isReleased) this.#split.letGo();
    return this.#split;
  }

  letGo(): void {
    this.#isReleased = true;
    this.whole.letGo();
    this.#split?.letGo();
  }
}

async function sendSignal(parts: ProcessHandleParts, name: SignalName): Promise<void> {
  const valid = validateOptions(signalNameSchema, name, 'signal');
  if (parts.signal === undefined)
    throw new SandpodError({ code: 'unsupported', message: 'This back end cannot send signals to programs.' });
  await parts.signal(valid);
}
