import type { SandboxCapabilities } from '@sandpod/core';

/** What an embedded sandbox can do. CPU is not bounded: a run has the processor until its deadline. */
export const EMBEDDED_CAPABILITIES: SandboxCapabilities = {
  stdin: true,
  backgroundProcesses: false,
  shellStreaming: true,
  signals: false,
  attach: false,
  ports: false,
  pause: false,
  terminal: false,
  network: 'none',
  kernel: 'virtual',
  enforces: ['time', 'memory', 'processes', 'disk', 'output'],
};
