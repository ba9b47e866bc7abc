import type { SandboxCapabilities } from '@sandpod/core';

/** The capabilities of an embedded sandbox. CPU time is not limited, so a program can use the processor until its deadline. */
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
