import type { SandboxInfo } from '@sandpod/core';
import { formatDuration } from './format-duration.ts';

/** Formats the time until a sandbox expires: `in 29 min 30 s`, `expired`, `never`. */
export function formatExpiry({ expiresMs }: Pick<SandboxInfo, 'expiresMs'>, nowMs: number = Date.now()): string {
  if (expiresMs === undefined) return 'never';
  return expiresMs <= nowMs ? 'expired' : `in ${formatDuration(expiresMs - nowMs)}`;
}
