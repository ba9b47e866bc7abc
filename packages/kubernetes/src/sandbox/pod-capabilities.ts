import type { SandboxCapabilities } from '@sandpod/core';

/** The capabilities of a pod as a sandbox. */
export const POD_CAPABILITIES: SandboxCapabilities = {
  stdin: true,
  backgroundProcesses: true,
  shellStreaming: true,
  signals: true,
  attach: true,
  ports: true,
  pause: false,
  terminal: false,
  network: 'closed',
  kernel: 'real',
  enforces: ['time', 'cpu', 'memory', 'disk', 'output'],
};
