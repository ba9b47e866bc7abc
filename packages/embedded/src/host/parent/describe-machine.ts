import type { Limits } from '@sandpod/core';
import { SUMMARY } from '../../environment/embedded-environment.ts';
import { WORKSPACE } from '../../files/initial-tree.ts';

const MiB = 1024 * 1024;

/** Describes an embedded sandbox for a language model. */
export function describeMachine(limits: Limits): string {
  return [
    'A WebAssembly sandbox with Python 3.12 (python3), JavaScript (node) and a bash-like shell (sh, bash).',
    SUMMARY,
    `Files are in memory. The working directory is ${WORKSPACE}, and temporary files go to /tmp.`,
    'There is no network: nothing can be downloaded or installed.',
    `Limits: ${Math.floor(limits.memoryBytes / MiB)} MiB of memory, ${Math.floor(limits.workspaceBytes / MiB)} MiB of files, ${limits.processes} processes at once.`,
  ].join(' ');
}
