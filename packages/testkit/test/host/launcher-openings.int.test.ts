import type { ExecChannel, ExecTransport } from '@sandpod/launcher';
import { LauncherPool } from '@sandpod/launcher';
import { expect, onTestFinished, test } from 'vitest';
import { within } from '../../src/tools/within.ts';
import { HostMachine } from './host-machine.ts';

/** A machine whose first `silent` programs never answer, as one that was stopped while it started. */
class SlowMachine implements ExecTransport {
  readonly halfClose = true;
  readonly machine: HostMachine = new HostMachine({ shell: ['sh'], halfClose: true, hasOwnProcesses: false });
  #silent: number;

  constructor(silent: number) {
    this.#silent = silent;
  }

  async open(argv: readonly string[]): Promise<ExecChannel> {
    const isSilent = this.#silent > 0;
    this.#silent -= 1;
    return this.machine.open(isSilent ? ['sh', '-c', 'exec sleep 600'] : argv);
  }
}

async function poolOn(transport: SlowMachine): Promise<LauncherPool> {
  await transport.machine.start();
  const pool = new LauncherPool({ transport, settings: { workspace: transport.machine.workspace, ownsProcesses: false } });
  onTestFinished(async () => {
    pool.close(new Error('The test has ended.'));
    await transport.machine.destroy();
  });
  return pool;
}

test('a launcher that was being opened while the processes were ended keeps nobody waiting', async () => {
  const pool = await poolOn(new SlowMachine(1));
  const waiting = pool.take();
  await pool.whileClosed(async () => {});
  expect((await within(waiting, { ms: 10_000, what: 'another launcher to be opened' })).isGone).toBe(false);
  expect((await within(pool.take(), { ms: 10_000, what: 'a second launcher' })).isGone).toBe(false);
});
