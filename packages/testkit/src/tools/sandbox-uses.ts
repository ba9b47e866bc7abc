import type { Sandbox } from '@sandpod/core';
import { expectSandpodError } from './expect-failure.ts';

/** One call of each kind. An ended or detached sandbox must refuse all of them. */
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

/** Expects that the sandbox refuses every call with the error code `sandbox-ended`. */
export async function expectRefusesEveryUse(sandbox: Sandbox): Promise<void> {
  for (const use of USES) await expectSandpodError(use(sandbox), 'sandbox-ended');
}
