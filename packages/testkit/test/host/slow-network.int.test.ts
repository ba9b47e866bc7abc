import { setTimeout as delay } from 'node:timers/promises';
import { DEFAULT_LIMITS, type OutputChunk } from '@sandpod/core';
import { type ExecChannel, ExecSandbox, type ExecTransport } from '@sandpod/launcher';
import { expect, onTestFinished, test } from 'vitest';
import { HostMachine } from './host-machine.ts';
import { HostSandboxProvider } from './host-sandbox-provider.ts';

const PIECE_BYTES = 4_096;
const PIECE_MS = 500;

/** A connection that delivers output slowly. */
class SlowNetwork implements ExecTransport {
  readonly halfClose = true;
  readonly machine: HostMachine = new HostMachine({ shell: ['sh'], halfClose: true, hasOwnProcesses: false });

  async open(argv: readonly string[]): Promise<ExecChannel> {
    const channel = await this.machine.open(argv);
    const slow = new TransformStream<OutputChunk, OutputChunk>({
      transform: async ({ stream, bytes }, controller) => {
        for (let start = 0; start < bytes.byteLength; start += PIECE_BYTES) {
          if (bytes.byteLength > PIECE_BYTES) await delay(PIECE_MS);
          controller.enqueue({ stream, bytes: bytes.subarray(start, start + PIECE_BYTES) });
        }
      },
    });
    return { ...channel, output: channel.output.pipeThrough(slow) };
  }
}

test('a program whose output arrives long after its end has its exit code', async () => {
  const transport = new SlowNetwork();
  await transport.machine.start();
  onTestFinished(() => transport.machine.destroy());
  await using sandbox = new ExecSandbox({
    id: 'slow',
    description: 'A slow connection.',
    limits: DEFAULT_LIMITS,
    capabilities: new HostSandboxProvider().capabilities,
    workspace: transport.machine.workspace,
    ownsProcesses: false,
    transport,
    destroy: () => transport.machine.destroy(),
  });
  // The pipe takes this much from the program at once.
  const result = await sandbox.run({ command: 'head -c 120000 /dev/zero; exit 3' });
  expect(result.stdout).toHaveLength(120_000);
  expect(result.exitCode).toBe(3);
}, 60_000);
