import { type Kernel, SandpodError, type StartKernelOptions } from '@sandpod/core';
import { abortable } from '@sandpod/core/backend';
import { KernelChannel } from './kernel-channel.ts';
import { readReady } from './kernel-messages.ts';
import { KERNEL_PROGRAMS } from './kernel-programs.ts';
import { SandboxKernel } from './sandbox-kernel.ts';

/** Maximum number of characters of the interpreter's messages in an error. */
const SHOWN_CHARACTERS = 500;

/** @throws {SandpodError} `unsupported` if the language has no kernel; `start-failed` if the interpreter does not become a kernel. */
export async function startKernel(options: StartKernelOptions): Promise<Kernel> {
  const { sandbox, language, interpreter, env, cwd, abortSignal } = options;
  const program = KERNEL_PROGRAMS.get(language);
  if (program === undefined) throw new SandpodError({ code: 'unsupported', message: `There is no kernel for ${language}.` });
  const argv = [...interpreter, ...program.args] as const;
  // A kernel lives for as long as its sandbox. The output of each cell is limited by the executor.
  const process = await sandbox.spawn({ argv, env, cwd, stdin: true, outputBytes: Number.MAX_SAFE_INTEGER, abortSignal: undefined });
  const channel = new KernelChannel(process);
  try {
    channel.sendRaw(program.input);
    const { version } = await abortable(untilReady(channel), abortSignal);
    const info = { language, languageVersion: version };
    return new SandboxKernel({ info, process, channel, canInterrupt: sandbox.capabilities.signals });
  } catch (error) {
    await process.kill();
    throw error;
  }
}

/** Waits until the interpreter is a kernel. @throws {SandpodError} `start-failed` with the messages of the interpreter. */
async function untilReady(channel: KernelChannel): Promise<{ readonly version: string }> {
  let said = '';
  try {
    for (;;) {
      const frame = await channel.next();
      if (frame.letter === 'R') return readReady(frame);
      said = (said + Buffer.from(frame.payload).toString()).slice(-SHOWN_CHARACTERS);
    }
  } catch (cause) {
    const message = `The interpreter did not become a kernel: ${cause instanceof Error ? cause.message : cause} ${said}`.trimEnd();
    throw new SandpodError({ code: 'start-failed', message, cause });
  }
}
