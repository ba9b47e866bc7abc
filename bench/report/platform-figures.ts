import { setTimeout as pause } from 'node:timers/promises';
import { type Figure, middle } from './figures.ts';
import { memoryFigures } from './memory-figures.ts';
import type { Backend, Samples } from './report.ts';
import { joinSamples, median, runCase } from './run-case.ts';
import { runPeer } from './run-peer.ts';

/** The goals for a back end: maximum ratios of sandpod's time to AutoGen's time. */
interface Bars {
  readonly cold: number;
  readonly warm: number;
  readonly stop?: number;
}

const BARS: Readonly<Record<Exclude<Backend, 'embedded'>, Bars>> = {
  docker: { cold: 0.7, warm: 0.35, stop: 0.05 },
  pod: { cold: 1, warm: 0.25 },
};

/**
 * The number of executors is the number of runs divided by this. Docker gets few executors, because AutoGen's container takes ten seconds
 * to stop. Pods get more, because their start times vary by a second.
 */
const RUNS_PER_LIFE = { docker: 4, pod: 2 } as const;

/** A kubelet checks its containers once per second. Without random pauses, all runs would start at the same point in that second. */
const KUBELET_PERIOD_MS = 1_000;

const STAGES = [
  ['cold', 'create, run, first result'],
  ['warm', 'warm call of `print(6*7)`'],
  ['stop', 'stop'],
] as const;

/** Compares sandpod on Docker or Kubernetes with AutoGen's executor. The runs of the two alternate, each in a separate process. */
export async function platformFigures(backend: Exclude<Backend, 'embedded'>, runs: number): Promise<Figure[]> {
  const ours: Samples[] = [];
  const peers: Samples[] = [];
  const withVolume: Samples[] = [];
  // One extra run, because the first run only fills the caches of the daemon and the file system.
  const lives = Math.max(3, Math.ceil(runs / RUNS_PER_LIFE[backend])) + 1;
  for (let life = 0; life < lives; life += 1) {
    await someMoment();
    peers.push(await runPeer(backend, runs));
    await someMoment();
    if (backend === 'pod') withVolume.push(await runPeer('pod-volume', 1));
    await someMoment();
    ours.push(await runCase('life', { backend, processes: 1, runs }));
  }
  const our = joinSamples(ours.slice(1));
  const peer = joinSamples(peers.slice(1));
  const memory = await runCase('output-memory', { backend, processes: 3, runs });
  return [
    ...STAGES.flatMap(([stage, text]) => compare({ text, ours: our[stage], peer: peer[stage], bar: BARS[backend][stage] })),
    ...volumeFigures(our, joinSamples(withVolume.slice(1))),
    ...callFigures(our),
    ...memoryFigures(memory),
  ];
}

async function someMoment(): Promise<void> {
  await pause(Math.random() * KUBELET_PERIOD_MS);
}

interface Comparison {
  readonly text: string;
  readonly ours: readonly number[] | undefined;
  readonly peer: readonly number[] | undefined;
  readonly bar: number | undefined;
}

function compare({ text, ours = [], peer = [], bar }: Comparison): Figure[] {
  return [
    { name: `${text}: sandpod`, unit: 'ms', ...middle(ours) },
    { name: `${text}: AutoGen`, unit: 'ms', ...middle(peer) },
    { name: `${text}: ratio`, unit: 'x', value: median(ours) / median(peer), samples: ours.length, ...(bar !== undefined && { bar }) },
  ];
}

/**
 * Compares with an AutoGen pod that has a volume. Kubernetes starts pods without volumes faster, but a sandbox with a read-only root needs
 * a writable volume.
 */
function volumeFigures(ours: Samples, peer: Samples): Figure[] {
  if (peer['cold'] === undefined) return [];
  const text = 'create, run, first result: AutoGen with a volume at its workspace';
  return [
    { name: text, unit: 'ms', ...middle(peer['cold']) },
    { name: `${text}: ratio`, unit: 'x', ...middle(ours['cold']), value: median(ours['cold'] ?? []) / median(peer['cold']) },
  ];
}

function callFigures(samples: Samples): Figure[] {
  if (samples['coldCalls'] === undefined) return [];
  return [
    { name: 'requests to the API server until the first result', unit: 'calls', ...middle(samples['coldCalls']) },
    { name: 'requests to the API server for a warm call', unit: 'calls', ...middle(samples['warmCalls']) },
  ];
}
