import { z } from 'zod';
import { DEFAULT_LIMITS } from '../contract/defaults.ts';
import type { Limits } from '../contract/limits.ts';

const MiB = 1024 * 1024;

/** The ranges that a back end can enforce, if they differ from the defaults. */
export interface LimitBounds {
  /** The lowest memory limit that a caller can set. Default 16 MiB. */
  readonly leastMemoryBytes?: number;
  readonly mostMemoryBytes?: number;
  readonly mostWorkspaceBytes?: number;
  /** The lowest process limit that a caller can set. Default 16. */
  readonly leastProcesses?: number;
  readonly mostProcesses?: number;
  /** The process limit if the caller sets none. Default 256. */
  readonly defaultProcesses?: number;
}

/** Returns a schema that validates a caller's limits and fills in the defaults. */
export function limitsSchema(bounds: LimitBounds = {}): z.ZodType<Limits, Partial<Limits> | undefined> {
  const { cpus, memoryBytes, processes, workspaceBytes, outputBytes } = ranges(bounds);
  return z
    .strictObject({
      cpus: cpus.default(DEFAULT_LIMITS.cpus),
      memoryBytes: memoryBytes.default(DEFAULT_LIMITS.memoryBytes),
      processes: processes.default(bounds.defaultProcesses ?? DEFAULT_LIMITS.processes),
      workspaceBytes: workspaceBytes.default(DEFAULT_LIMITS.workspaceBytes),
      outputBytes: outputBytes.default(DEFAULT_LIMITS.outputBytes),
    })
    .prefault({}) as z.ZodType<Limits, Partial<Limits> | undefined>;
}

/** Like {@link limitsSchema}, but without defaults. Use it for back ends whose defaults depend on other options. */
export function givenLimitsSchema(bounds: Omit<LimitBounds, 'defaultProcesses'> = {}): z.ZodType<Partial<Limits> | undefined> {
  return z.strictObject(ranges(bounds)).partial().optional() as z.ZodType<Partial<Limits> | undefined>;
}

function ranges(bounds: LimitBounds): Record<'cpus', z.ZodNumber> & Record<Exclude<keyof Limits, 'cpus'>, z.ZodInt> {
  const { leastMemoryBytes = 16 * MiB, leastProcesses = 16 } = bounds;
  const { mostMemoryBytes = Number.MAX_SAFE_INTEGER, mostWorkspaceBytes = Number.MAX_SAFE_INTEGER, mostProcesses = 1_000_000 } = bounds;
  const whole = (least: number, most: number): z.ZodInt =>
    z
      .int()
      .min(least, { error: `expected at least ${least}` })
      .max(most, { error: `expected at most ${most}` });
  return {
    cpus: z.number().min(0.01).max(1024),
    memoryBytes: whole(leastMemoryBytes, mostMemoryBytes),
    processes: whole(leastProcesses, mostProcesses),
    workspaceBytes: whole(MiB, mostWorkspaceBytes),
    outputBytes: whole(1, Number.MAX_SAFE_INTEGER),
  };
}
