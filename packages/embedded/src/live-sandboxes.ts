import type { SandboxInfo } from '@sandpod/core';
import type { EmbeddedSandbox } from './embedded-sandbox.ts';

/** A sandbox that this process created, from the beginning of its creation to its end. */
export interface LiveSandbox {
  readonly id: string;
  readonly name: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly createdMs: number;
  /** Undefined if the sandbox never expires. Valid only until the sandbox has started, because `sandbox` then stores the expiry. */
  readonly expiresMs: number | undefined;
  readonly started: Promise<EmbeddedSandbox>;
  /** Present after the sandbox has started. */
  sandbox?: EmbeddedSandbox;
}

export function infoOf({ id, name, labels, createdMs, expiresMs: initialMs, sandbox }: LiveSandbox): SandboxInfo {
  const expiresMs = sandbox ? sandbox.expiresMs : initialMs;
  return {
    id,
    ...(name === undefined ? {} : { name }),
    labels,
    isClaimable: false,
    createdMs,
    ...(expiresMs === undefined ? {} : { expiresMs }),
    state: sandbox ? 'running' : 'starting',
  };
}

export function hasLabels(info: SandboxInfo, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([key, value]) => Object.hasOwn(info.labels, key) && info.labels[key] === value);
}

/** Waits until the sandbox has started, then removes it. If the start failed, there is nothing to remove. */
export async function removeStarted({ started }: LiveSandbox): Promise<void> {
  const sandbox = await started.catch(() => undefined);
  await sandbox?.[Symbol.asyncDispose]();
}
