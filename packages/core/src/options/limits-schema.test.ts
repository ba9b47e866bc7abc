import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../contract/defaults.ts';
import { givenLimitsSchema, limitsSchema } from './limits-schema.ts';
import { validateOptions } from './validate-options.ts';

describe('limitsSchema', () => {
  it('fills in the defaults', () => {
    expect(limitsSchema().parse(undefined)).toEqual(DEFAULT_LIMITS);
    expect(limitsSchema({ defaultProcesses: 32 }).parse({ cpus: 2 })).toEqual({ ...DEFAULT_LIMITS, cpus: 2, processes: 32 });
  });

  it.each([
    [{ memoryBytes: 1 }, 'memoryBytes'],
    [{ processes: 1 }, 'processes'],
    [{ workspaceBytes: 0 }, 'workspaceBytes'],
    [{ outputBytes: 0.5 }, 'outputBytes'],
    [{ cpus: 0 }, 'cpus'],
    [{ disk: 1 }, 'disk'],
  ])('refuses %j and names the limit', (limits, name) => {
    expect(() => validateOptions(limitsSchema(), limits, 'limits')).toThrow(name);
  });

  it('has a variant that checks the same ranges and fills in nothing', () => {
    expect(givenLimitsSchema().parse(undefined)).toBeUndefined();
    expect(givenLimitsSchema().parse({ cpus: 2 })).toEqual({ cpus: 2 });
    expect(() => validateOptions(givenLimitsSchema(), { processes: 1 }, 'limits')).toThrow('processes');
  });

  it('checks the range that a back end can enforce', () => {
    const schema = limitsSchema({ leastMemoryBytes: 64, mostMemoryBytes: 128, leastProcesses: 1 });
    expect(schema.parse({ memoryBytes: 64, processes: 1 })).toMatchObject({ memoryBytes: 64, processes: 1 });
    expect(() => schema.parse({ memoryBytes: 129 })).toThrow('expected at most 128');
  });
});
