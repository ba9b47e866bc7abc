import { expect, test } from 'vitest';
import { type KubeCall, KubeError } from './kube-error.ts';
import { retry } from './retry.ts';

const call: KubeCall = { verb: 'create', group: '', version: 'v1', resource: 'pods' };

test.each([0, -5_000])('a server whose Retry-After is %i ms is asked less and less often', async (retryAfterMs) => {
  let asked = 0;
  const refuse = async (): Promise<never> => {
    asked += 1;
    throw new KubeError({ call, status: 429, body: '', retryAfterMs });
  };
  const abortSignal = AbortSignal.timeout(1_500);
  await expect(retry({ call, abortSignal, renew: () => false }, refuse)).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(asked).toBeGreaterThan(1);
  expect(asked).toBeLessThan(10);
});
