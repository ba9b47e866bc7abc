import assert from 'node:assert/strict';
import type { SandboxFiles } from '@sandpod/core';
import { pause } from './within.ts';

/** Expects that no process appends to a heartbeat file anymore. The file may be missing in a new sandbox. */
export async function expectSilence(
  files: Pick<SandboxFiles, 'stat'>,
  options: { readonly path: string; readonly ms: number },
): Promise<void> {
  const before = await files.stat({ path: options.path });
  await pause(options.ms);
  const after = await files.stat({ path: options.path });
  assert.equal(after?.size, before?.size, 'expected the processes of the run to have ended, but the heartbeat continues');
}

/** Expects that a process still appends to a heartbeat file. */
export async function expectGrowth(
  files: Pick<SandboxFiles, 'stat'>,
  options: { readonly path: string; readonly ms: number },
): Promise<void> {
  const before = await files.stat({ path: options.path });
  await pause(options.ms);
  const after = await files.stat({ path: options.path });
  assert.ok((after?.size ?? 0) > (before?.size ?? 0), 'expected the process to continue, but its heartbeat has stopped');
}
