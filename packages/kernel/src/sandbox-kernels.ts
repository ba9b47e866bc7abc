import type { KernelProvider } from '@sandpod/core';

/**
 * Starts kernels in any sandbox that has the interpreter. They need no server, no port and no package. Their code is loaded when the first
 * kernel starts, because most programs use none.
 */
export const sandboxKernels: KernelProvider = {
  languages: new Set(['python']),
  start: async (options) => (await import('./start-kernel.ts')).startKernel(options),
};
