import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

export type TestbedService = 'kube-apiserver' | 'kubelet' | 'dockerd';

const { TESTBED = '/var/lib/testbed' } = process.env;

/** Returns true if the testbed has started this service. Tests may harm only such a service. */
export function isOfTestbed(service: TestbedService): boolean {
  return existsSync(pidFileOf(service)) && isRunning(service);
}

/** Kills a service, as a crash would. */
export async function crashService(service: TestbedService): Promise<void> {
  if (!isOfTestbed(service)) throw new Error(`Expected ${service} as a process of the testbed.`);
  process.kill(pidOf(service), 'SIGKILL');
  while (isRunning(service)) await pause(50);
}

/** Starts all crashed services again. Resolves when the cluster and the daemon are ready. */
export async function repairTestbed(): Promise<void> {
  await promisify(execFile)(join(import.meta.dirname, 'up'));
}

function isRunning(service: TestbedService): boolean {
  try {
    return readFileSync(`/proc/${pidOf(service)}/cmdline`, 'utf8').includes(service);
  } catch {
    return false;
  }
}

function pidOf(service: TestbedService): number {
  return Number(readFileSync(pidFileOf(service), 'utf8'));
}

function pidFileOf(service: TestbedService): string {
  return `${TESTBED}/run/${service}.pid`;
}
