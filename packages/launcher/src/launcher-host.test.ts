import { type ErrorCode, SandpodError } from '@sandpod/core';
import { expect, test } from 'vitest';
import { LauncherHost } from './launcher-host.ts';
import type { LossExplanation } from './loss-explanation.ts';

/** The code of the error of a launcher that cannot be opened, and the reasons why the sandbox was reported as lost. */
async function refusal(code: ErrorCode, explanation?: LossExplanation): Promise<{ code: string; lost: string[] }> {
  const lost: string[] = [];
  const host = new LauncherHost({
    transport: { halfClose: true, open: () => Promise.reject(new SandpodError({ code, message: 'It failed.' })) },
    workspace: '/workspace',
    outputBytes: 1,
    explainLoss: async () => explanation,
    onLost: (reason) => lost.push(reason),
  });
  const error = await host.take().catch((reason: unknown) => reason);
  if (SandpodError.isInstance(error)) return { code: error.code, lost };
  return { code: (error as Error).name, lost };
}

const GONE = { outcome: 'evicted', reason: 'The node is full.', isSandboxLost: true } as const;

test('a launcher that cannot be opened because the machine is gone ends the sandbox', async () => {
  expect(await refusal('transport', GONE)).toEqual({ code: 'sandbox-ended', lost: [GONE.reason] });
});

test('a machine that runs, but starts no launcher, is unusable; a platform that does not answer is not', async () => {
  expect(await refusal('program-not-found')).toEqual({ code: 'sandbox-unusable', lost: [] });
  expect(await refusal('transport', { outcome: 'session-lost', reason: 'No processes are left.' })).toMatchObject({
    code: 'sandbox-unusable',
  });
  expect(await refusal('transport')).toEqual({ code: 'LauncherLost', lost: [] });
  expect(await refusal('transport', { outcome: 'transport', reason: 'The node is silent.' })).toEqual({ code: 'LauncherLost', lost: [] });
});
