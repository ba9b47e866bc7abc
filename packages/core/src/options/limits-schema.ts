import { z } from 'zod';
import { DEFAULT_LIMITS } from '../contract/defaults.ts';
import type { Limits } from '../contract/limits.ts';

const MiB = 1024 * 1024;

/** The ranges that a back end can enforce, if they differ from the defaults. */
export interface LimitBounds {
  /** Default 16 MiB. */
  readonly leastMemoryBytes?: number;
  readonly mostMemoryBytes?: number;
  readonly mostWorkspaceBytes?: number;
  /** Default 16. */
  readonly leastProcesses?: number;
  readonly mostProcesses?: number;
  /** Default 256. */
  readonly defaultProcesses?: number;
}

/** Returns a schema that validates a caller's limits and fills in the defaults. */
export function limitsSchema(bounds: LimitBounds = {}): z.ZodType<Limits, Partial<Limits> | undefined> {
  const { leastMemoryBytes = 16 * MiB, leastProcesses = 16, defaultProcesses = DEFAULT_LIMITS.processes } = bounds;
  const { mostMemoryBytes = Number.MAX_SAFE_INTEGER, mostWorkspaceBytes = Number.MAX_SAFE_INTEGER, mostProcesses = 1_000_000 } = bounds;
  const whole = (least: number, most: number): z.ZodInt =>
    z
      .int()
      .min(least, { error: `expected at least ${least}` })
      .max(most, { error: `expected at most ${most}` });
  return z
    .strictObject({
      cpus: z.number().min(0.01).max(1024).default(DEFAULT_LIMITS.cpus),
      memoryBytes: whole(leastMemoryBytes, mostMemoryBytes).default(DEFAULT_LIMITS.memoryBytes),
      processes: whole(leastProcesses, mostProcesses).default(defaultProcesses),
      workspaceBytes: whole(MiB, mostWorkspaceBytes).default(DEFAULT_LIMITS.workspaceBytes),
      outputBytes: whole(1, Number.MAX_SAFE_INTEGER).default(DEFAULT_LIMITS.outputBytes),
    })
    .prefault({}) as z.ZodType<Limits, Partial<Limits> | undefined>;
}
