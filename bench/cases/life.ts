/**
 * Measures an executor on Docker or Kubernetes: creation, first result, warm calls and stop. For a pod, also counts the requests to the API
 * server.
 */
import { subscribe } from 'node:diagnostics_channel';
import { DockerCommandLineCodeExecutor } from '@sandpod/docker';
import { PodCommandLineCodeExecutor } from '@sandpod/kubernetes';
import { readBackend, readRuns, report } from '../report/report.ts';

const BLOCKS = [{ language: 'python', code: 'print(6*7)' }];
const IMAGE = 'python:3-slim';

const backend = readBackend();
const calls = { cold: 0, warm: 0 };
let phase: keyof typeof calls = 'cold';

const startedMs = performance.now();
const executor = makeExecutor();
await execute();
const cold = performance.now() - startedMs;
phase = 'warm';
const warm: number[] = [];
for (let run = 0; run < readRuns(); run += 1) warm.push(await timed(execute));
const stop = await timed(() => executor.stop());

report({
  cold: [cold],
  warm,
  stop: [stop],
  ...(backend === 'pod' && { coldCalls: [calls.cold], warmCalls: [calls.warm / readRuns()] }),
});

function makeExecutor(): DockerCommandLineCodeExecutor | PodCommandLineCodeExecutor {
  if (backend === 'docker') return new DockerCommandLineCodeExecutor({ image: IMAGE });
  subscribe('sandpod.kubernetes.request', () => {
    calls[phase] += 1;
  });
  return new PodCommandLineCodeExecutor({ image: IMAGE });
}

async function execute(): Promise<void> {
  const result = await executor.execute(BLOCKS);
  if (result.stdout !== '42\n') throw new Error(`${backend}: expected 42, got ${JSON.stringify(result)}`);
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await action();
  return performance.now() - startedMs;
}
