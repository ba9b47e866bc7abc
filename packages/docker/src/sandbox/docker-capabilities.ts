import type { SandboxCapabilities } from '@sandpod/core';

/** What a container can do. */
export const DOCKER_CAPABILITIES: SandboxCapabilities = {
  stdin: true,
  backgroundProcesses: true,
  shellStreaming: true,
  signals: true,
  attach: true,
  ports: false,
  pause: false,
  terminal: false,
  network: 'closed',
  kernel: 'real',
  enforces: ['time', 'cpu', 'memory', 'processes', 'disk', 'output'],
};
