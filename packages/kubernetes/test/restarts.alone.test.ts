import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { crashService, repairTestbed } from '../../../testbed/service.ts';
import { PodCommandLineCodeExecutor } from '../src/index.ts';
import { TestNamespace } from './fixtures/test-namespace.ts';

/** How long a service is away. */
const AWAY_MS = 20_000;

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create('restarts');
});
afterEach(repairTestbed);
afterAll(() => namespace[Symbol.asyncDispose]());

test.each(['kube-apiserver', 'kubelet'] as const)(
  'a run in the middle of which the %s goes away for 20 s never ends as ok; afterwards there is nothing left of it [row 46]',
  {
    timeout: 180_000,
  },
  async (service) => {
    await using executor = new PodCommandLineCodeExecutor(namespace.options());
    const seen: string[] = [];
    let ended: unknown;
    for await (const event of executor.stream([{ language: 'sh', code: 'echo before; sleep 600' }])) {
      if (event.type === 'stdout') {
        seen.push(event.text);
        if (seen.length === 1) await crashService(service);
      }
      if (event.type === 'end') ended = event.result;
    }
    expect(ended).toMatchObject({ outcome: 'transport', exitCode: null, stdout: 'before\n' });
    await pause(AWAY_MS);
    await repairTestbed();
    const { stdout, outcome } = await executor.runCode('ps -ef || ps', { language: 'sh' });
    expect(outcome).toBe('ok');
    expect(stdout).not.toContain('sleep 600');
    await executor.stop();
    await expect.poll(() => namespace.objects(), { timeout: 30_000, interval: 500 }).toEqual([]);
  },
);
