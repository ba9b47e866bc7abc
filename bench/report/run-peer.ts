import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Samples } from './report.ts';

const run = promisify(execFile);
const directory = join(import.meta.dirname, '../peers');
const environment = join(directory, '.venv');

/** An AutoGen executor. In `pod-volume`, the pod has a volume at its workspace, like sandpod's pods. */
export type Peer = 'docker' | 'pod' | 'pod-volume';

/**
 * Measures AutoGen's executor on a back end, in a new process. Needs `python3`. The first call installs AutoGen in a virtual environment
 * beside the script.
 */
export async function runPeer(peer: Peer, runs: number): Promise<Samples> {
  await install();
  const { stdout } = await run(join(environment, 'bin/python'), [join(directory, 'life.py'), peer, `${runs}`]);
  return JSON.parse(stdout) as Samples;
}

async function install(): Promise<void> {
  const complete = join(environment, 'complete');
  if (existsSync(complete)) return;
  console.error('installing AutoGen for the comparison …');
  await run('python3', ['-m', 'venv', '--clear', environment]);
  await run(join(environment, 'bin/pip'), ['install', '--quiet', '--requirement', join(directory, 'requirements.txt')]);
  await run('touch', [complete]);
}
