import { abortable } from '@sandpod/core/backend';
import type Docker from 'dockerode';
import { DockerExecTransport } from './docker-exec-transport.ts';

/** Maximum number of bytes of output that are kept. `runInContainer` is only for programs that write less. */
const MAX_OUTPUT_BYTES = 4_096;

export interface RunInContainerOptions {
  readonly argv: readonly string[];
  readonly user: string;
  /** Variables, as `NAME=value`, that override the container's variables with the same names. */
  readonly env?: readonly string[];
  readonly abortSignal: AbortSignal;
}

export interface ShortRun {
  readonly exitCode: number;
  /** The first bytes of standard output. */
  readonly stdout: string;
}

/** Runs one short program without input. @throws {SandpodError} `transport`. @throws the abort reason. */
export async function runInContainer(container: Docker.Container, options: RunInContainerOptions): Promise<ShortRun> {
  const { argv, user, env, abortSignal } = options;
  const opening = new DockerExecTransport(container, { user, env }).open(argv, { abortSignal });
  const channel = await abortable(opening, abortSignal);
  try {
    const stdout = await abortable(readStart(channel.output), abortSignal);
    const { exitCode } = await abortable(channel.exit, abortSignal);
    return { exitCode, stdout };
  } finally {
    channel.destroy();
  }
}

async function readStart(output: ReadableStream<{ readonly stream: string; readonly bytes: Uint8Array }>): Promise<string> {
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const { stream, bytes } of output) {
    if (stream !== 'stdout' || length >= MAX_OUTPUT_BYTES) continue;
    kept.push(bytes.subarray(0, MAX_OUTPUT_BYTES - length));
    length += bytes.length;
  }
  return Buffer.concat(kept).toString();
}
