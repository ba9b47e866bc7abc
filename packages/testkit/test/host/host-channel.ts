import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { OutputChunk } from '@sandpod/core';
import type { ExecChannel } from '@sandpod/launcher';

export interface HostExecOptions {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** Runs a program on this machine like a platform's exec: in a separate session, with streams only. */
export async function openHostChannel(options: HostExecOptions): Promise<ExecChannel> {
  const [program = 'sh', ...args] = options.argv;
  const child = spawn(program, args, { cwd: options.cwd, env: options.env, detached: true, stdio: 'pipe' });
  await once(child, 'spawn');
  child.on('error', () => {});
  return {
    stdin: inputOf(child),
    output: outputOf(child),
    exit: exitOf(child),
    destroy: () => {
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    },
  };
}

function inputOf(child: ChildProcessWithoutNullStreams): WritableStream<Uint8Array> {
  const { stdin } = child;
  stdin.on('error', () => {});
  return new WritableStream<Uint8Array>({
    write: (bytes) =>
      new Promise((resolve, reject) => {
        stdin.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
    close: () => {
      stdin.end();
    },
    abort: () => {
      stdin.destroy();
    },
  });
}

function outputOf(child: ChildProcessWithoutNullStreams): ReadableStream<OutputChunk> {
  const sources: readonly (readonly ['stdout' | 'stderr', Readable])[] = [
    ['stdout', child.stdout],
    ['stderr', child.stderr],
  ];
  let open = sources.length;
  return new ReadableStream<OutputChunk>(
    {
      start: (controller) => {
        for (const [stream, source] of sources) {
          source.on('error', () => {});
          source.on('data', (bytes: Uint8Array) => {
            controller.enqueue({ stream, bytes });
            if ((controller.desiredSize ?? 0) <= 0) for (const [, each] of sources) each.pause();
          });
          source.on('close', () => {
            open -= 1;
            if (open === 0) controller.close();
          });
        }
      },
      pull: () => {
        for (const [, source] of sources) source.resume();
      },
    },
    { highWaterMark: 64 * 1024, size: (chunk) => chunk.bytes.byteLength },
  );
}

function exitOf(child: ChildProcessWithoutNullStreams): Promise<{ exitCode: number }> {
  const exit = new Promise<{ exitCode: number }>((resolve, reject) => {
    child.on('exit', (code) => (code === null ? reject(new Error('The launcher was killed.')) : resolve({ exitCode: code })));
  });
  exit.catch(() => {});
  return exit;
}
