import type { Sandbox } from '@sandpod/core';
import { expectSandpodError } from './expect-failure.ts';

/** Calls of every kind, which an ended or detached sandbox must refuse. */
const USES: readonly ((sandbox: Sandbox) => Promise<unknown>)[] = [
  (sandbox) => sandbox.run({ command: 'true' }),
  (sandbox) => sandbox.spawn({ command: 'true' }),
  (sandbox) => sandbox.readFile({ path: 'file' }),
  (sandbox) => sandbox.readTextFile({ path: 'file' }),
  (sandbox) => sandbox.writeTextFile({ path: 'file', content: 'x' }),
  (sandbox) => sandbox.stat({ path: 'file' }),
  (sandbox) => sandbox.listDirectory({ path: '.' }),
  (sandbox) => sandbox.listTree(),
  (sandbox) => sandbox.deleteFile({ path: 'file' }),
  (sandbox) => sandbox.findPrograms({ names: ['sh'] }),
  (sandbox) => sandbox.connect({ port: 80 }),
  (sandbox) => sandbox.extend({ expiresInMs: 3_600_000 }),
  (sandbox) => sandbox.endProcesses(),
];

/** Expects that every use is refused as `sandbox-ended`. */
export async function expectRefusesEveryUse(sandbox: Sandbox): Promise<void> {
  for (const use of USES) await expectSandpodError(use(sandbox), 'sandbox-ended');
}
