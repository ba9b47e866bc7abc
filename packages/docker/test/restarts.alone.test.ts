import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { crashService, repairTestbed } from '../../../testbed/service.ts';
import { DockerCommandLineCodeExecutor } from '../src/index.ts';
import { BUSYBOX, TestContainers } from './fixtures/test-docker.ts';

/** Milliseconds for which the daemon is down. */
const AWAY_MS = 5_000;

const containers = new TestContainers('restarts');

afterEach(repairTestbed);

test('a run during which the daemon crashes never ends with ok; afterwards everything works again, and nothing is left', {
  timeout: 120_000,
}, async () => {
  await using executor = new DockerCommandLineCodeExecutor({ image: BUSYBOX, labels: containers.labels });
  const bystander = await containers.provider().create();
  let result: unknown;
  for await (const event of executor.stream([{ language: 'sh', code: 'echo before; sleep 600' }])) {
    if (event.type === 'stdout') await crashService('dockerd');
    if (event.type === 'end') ({ result } = event);
  }
  expect(result).toMatchObject({ outcome: expect.stringMatching(/^(transport|session-lost)$/), exitCode: null, stdout: 'before\n' });
  await expect(executor.runCode('true', { language: 'sh' })).rejects.toMatchObject({ code: 'transport' });
  await pause(AWAY_MS);
  await repairTestbed();
  // When the daemon starts, it ends the containers that it had before the crash.
  expect(await bystander.lost).toMatch(/ended|removed/);
  expect(await executor.runCode('ps', { language: 'sh' })).toMatchObject({
    outcome: 'ok',
    stdout: expect.not.stringContaining('sleep 600'),
  });
  await Promise.all([executor.stop(), bystander[Symbol.asyncDispose]()]);
  expect(await containers.leftAfter(10_000)).toEqual([]);
});
