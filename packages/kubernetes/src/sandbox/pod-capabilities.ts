import type { SandboxCapabilities } from '@sandpod/core';

/** The sandbox capabilities of every pod. */
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
