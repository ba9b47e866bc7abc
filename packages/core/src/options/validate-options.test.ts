import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SandpodError } from '../errors/sandpod-error.ts';
import { validateOptions } from './validate-options.ts';

const schema = z.strictObject({
  timeoutMs: z.int().min(1).optional(),
  image: z.string().min(1).max(5).optional(),
  mode: z.enum(['fast', 'slow']).default('fast'),
  only: z.literal('this').optional(),
  either: z.union([z.boolean(), z.array(z.string())]).optional(),
  env: z.record(z.string().regex(/^[A-Z]+$/, { error: 'expected an upper-case name' }), z.string()).optional(),
  token: z.int().optional(),
  stdin: z.int().optional(),
  files: z
    .array(z.strictObject({ path: z.string() }))
    .max(2)
    .optional(),
  hook: z.custom((value) => typeof value === 'function', { error: 'expected a function' }).optional(),
});

function errorOf(value: unknown): SandpodError {
  try {
    validateOptions(schema, value, 'run');
  } catch (error) {
    if (SandpodError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('expected an error');
}

describe('validateOptions', () => {
  it('returns the options with defaults filled in', () => {
    expect(validateOptions(schema, { timeoutMs: 5 }, 'run')).toEqual({ timeoutMs: 5, mode: 'fast' });
  });

  it('throws invalid-options with machine-readable problems', () => {
    const error = errorOf({ timeoutMs: 0 });
    expect(error.code).toBe('invalid-options');
    expect(error.details).toEqual({ problems: [{ path: 'run.timeoutMs', expected: 'a number of at least 1', given: '0' }] });
  });

  it.each([
    [undefined, 'run: expected an object, given undefined.'],
    [null, 'run: expected an object, given null.'],
    [[1, 2], 'run: expected an object, given an array of 2.'],
    [{ timeoutMs: '5' }, 'run.timeoutMs: expected a number, given "5".'],
    [{ timeoutMs: 0.5 }, 'run.timeoutMs: expected a whole number, given 0.5.'],
    [{ timeoutMs: Number.NaN }, 'run.timeoutMs: expected a number, given NaN.'],
    [{ image: '' }, 'run.image: expected a string whose length is at least 1, given "".'],
    [{ image: 'abcdef' }, 'run.image: expected a string whose length is at most 5, given "abcdef".'],
    [{ image: 3 }, 'run.image: expected a string, given 3.'],
    [{ image: {} }, 'run.image: expected a string, given an object.'],
    [{ image: () => 1 }, 'run.image: expected a string, given a function.'],
    [{ image: true }, 'run.image: expected a string, given true.'],
    [{ mode: 'medium' }, 'run.mode: expected one of "fast", "slow", given "medium".'],
    [{ only: 'that' }, 'run.only: expected "this", given "that".'],
    [{ either: 3 }, 'run.either: expected a boolean or an array, given 3.'],
    [{ either: ['a', 3] }, 'run.either[1]: expected a string, given 3.'],
    [{ hook: 3 }, 'run.hook: expected a function, given 3.'],
    [{ files: [{ path: 'a' }, { path: 3 }] }, 'run.files[1].path: expected a string, given 3.'],
    [{ files: [{}, {}, {}] }, 'run.files: expected a list whose length is at most 2, given an array of 3.'],
    [{ env: { a: 'x' } }, 'run.env.a: expected an upper-case name, given the name "a".'],
    [{ env: { 'a=b\n': 'x' } }, 'run.env["a=b\\n"]: expected an upper-case name, given the name "a=b\\n".'],
    [{ timeoutMs: 0, image: 3 }, 'run.timeoutMs: expected a number of at least 1, given 0; run.image: expected a string, given 3.'],
  ])('describes %j', (value, message) => {
    expect(errorOf(value).message).toBe(message);
  });

  it.each([
    ['timeout', 'timeoutMs'],
    ['timeoutms', 'timeoutMs'],
    ['timeOutMs', 'timeoutMs'],
    ['imgae', 'image'],
    ['file', 'files'],
    ['Env', 'env'],
  ])('suggests for the unknown option %s: %s', (given, meant) => {
    expect(errorOf({ [given]: 1 }).message).toBe(`run: expected ${meant}, given "${given}".`);
  });

  it('lists the known options if none is similar', () => {
    expect(errorOf({ klingon: 1 }).message).toBe(
      'run: expected one of timeoutMs, image, mode, only, either, env, token, stdin, files, hook, given "klingon".',
    );
    expect(errorOf({ files: [{ path: 'a', paht: 'b' }] }).message).toBe('run.files[0]: expected path, given "paht".');
    expect(errorOf({ ['x'.repeat(10_000)]: 1 }).message.length).toBeLessThan(250);
  });

  it.each([{ env: { A: 12345 } }, { token: 'hunter2' }, { token: 12345.5 }, { stdin: 'hunter2' }, { env: 'A=hunter2' }])(
    'does not show values that may be secret: %j',
    (value) => {
      const { message, details, cause } = errorOf(value);
      expect(`${message}${JSON.stringify(details)}${String(cause)}`).not.toMatch(/hunter2|12345/);
      expect(message).toMatch(/given a (string|number)\.$/);
    },
  );

  it('truncates long values and long lists of problems', () => {
    expect(errorOf({ image: 'x'.repeat(100_000) }).message).toMatch(/given "x{60}"… \(100000 characters\)\.$/);
    const env = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`a${index}`, 'x']));
    expect(errorOf({ env }).message).toMatch(/; and 490 more\.$/);
  });
});
