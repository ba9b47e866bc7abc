import assert from 'node:assert/strict';
import type { Sandbox } from '@sandpod/core';
import { LEFTOVER_KINDS, type LeftoverKind } from '../guest/leftover-kinds.ts';
import type { SandboxContext } from '../sandbox/sandbox-context.ts';
import { pause } from './within.ts';

const pathOf = (kind: LeftoverKind): string => `leftover-${kind}`;

/** Starts a process of each kind, and expects the processes to outlive the programs that started them. */
export async function startLeftovers(context: SandboxContext, sandbox: Sandbox): Promise<void> {
  for (const kind of LEFTOVER_KINDS) {
    const { exitCode, stderr } = await context.run(context.guest.leftover({ kind, path: pathOf(kind) }), { sandbox });
    assert.equal(exitCode, 0, stderr);
  }
  const running = await growing(context, sandbox);
  assert.deepEqual(
    running,
    LEFTOVER_KINDS.filter((kind) => kind !== 'stopped'),
    'expected processes to outlive the programs that started them',
  );
}

/** Expects that no process from {@link startLeftovers} is left, not even a stopped process. */
export async function expectNoLeftovers(context: SandboxContext, sandbox: Sandbox): Promise<void> {
  await sandbox.run({ argv: ['sh', '-c', 'kill -CONT "$(cat "$1")"; exit 0', 'sh', `${pathOf('stopped')}.pid`] });
  assert.deepEqual(await growing(context, sandbox), [], 'expected these processes to have ended');
}

/** Returns the kinds whose processes still append to their files. */
async function growing(context: SandboxContext, sandbox: Sandbox): Promise<LeftoverKind[]> {
  const before = await sizes(sandbox);
  await pause(context.scaled(800));
  const after = await sizes(sandbox);
  return LEFTOVER_KINDS.filter((_, index) => after[index] !== before[index]);
}

async function sizes(sandbox: Sandbox): Promise<number[]> {
  const found = await Promise.all(LEFTOVER_KINDS.map((kind) => sandbox.stat({ path: pathOf(kind) })));
  return found.map((stat) => {
    assert.ok(stat !== null, 'expected the files to stay');
    return stat.size;
  });
}
