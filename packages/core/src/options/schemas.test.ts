import { describe, expect, expectTypeOf, it } from 'vitest';
import type { z } from 'zod';
import type { CodeBlock } from '../contract/code-block.ts';
import type { ExecuteOptions } from '../contract/code-executor.ts';
import type { InputFile, RunOptions, SpawnOptions } from '../contract/process.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import {
  codeBlockSchema,
  durationMsSchema,
  environmentSchema,
  executeOptionsSchema,
  inputFileSchema,
  runOptionsSchema,
  spawnOptionsSchema,
} from './schemas.ts';
import { validateOptions } from './validate-options.ts';

function messageOf(schema: z.ZodType, value: unknown): string {
  try {
    validateOptions(schema, value, 'given');
  } catch (error) {
    if (SandpodError.isInstance(error) && error.code === 'invalid-options') return error.message;
    throw error;
  }
  return 'valid';
}

describe('durationMsSchema', () => {
  it.each([1, 1000, 2 ** 31 - 1])('accepts %d', (value) => {
    expect(validateOptions(durationMsSchema, value, 'timeoutMs')).toBe(value);
  });

  it.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '5', null])('refuses %j', (value) => {
    expect(messageOf(durationMsSchema, value)).toMatch(
      /^given: expected a whole number of milliseconds greater than or equal to 1, given /,
    );
  });

  it('refuses a duration that is too long for a timer', () => {
    expect(messageOf(durationMsSchema, 2 ** 31)).toBe('given: expected at most 2147483647 milliseconds, given 2147483648.');
  });
});

describe('environmentSchema', () => {
  it('accepts valid names with any text', () => {
    const env = { A: '', _b1: "it's $HOME\n`id`", LD_PRELOAD: '/x' };
    expect(validateOptions(environmentSchema, env, 'env')).toEqual(env);
  });

  it.each(['A=B', 'A\nB', '', '1A', 'A B', 'A-B', 'A\0', 'Ä', 'A\n'])('refuses the name %j', (name) => {
    expect(messageOf(environmentSchema, { [name]: 'x' })).toContain('expected a name of letters, digits and "_", given the name ');
  });

  it('refuses values that are not text or contain NUL', () => {
    expect(messageOf(environmentSchema, { A: 1 })).toBe('given.A: expected a string, given 1.');
    expect(messageOf(environmentSchema, { A: 'a\0b' })).toContain('given.A: expected text without NUL');
    expect(messageOf(environmentSchema, { A: undefined })).toBe('given.A: expected a string, given undefined.');
    for (const value of ['A=B', null, ['A']]) expect(messageOf(environmentSchema, value)).toContain('expected an object');
  });

  it('refuses the name __proto__ instead of dropping it', () => {
    expect(messageOf(environmentSchema, JSON.parse('{ "__proto__": "x" }'))).toContain(
      'given.__proto__: expected a name other than __proto__',
    );
  });
});

describe('inputFileSchema', () => {
  it('normalizes the path and keeps the bytes', () => {
    const content = Uint8Array.of(1, 2);
    const file = validateOptions(inputFileSchema, { path: './a//b', content }, 'file');
    expect(file.path).toBe('a/b');
    expect(file.content).toBe(content);
  });

  it.each(['../x', '/abs', 'a\0b', 'a\\..\\b', '', '.', 'C:\\x', 'x'.repeat(5000)])('refuses the path %j', (path) => {
    expect(messageOf(inputFileSchema, { path, content: '' })).toMatch(/^given\.path: expected (a path|the path)/);
  });

  it('refuses other types of content without showing the value', () => {
    expect(messageOf(inputFileSchema, { path: 'a', content: 1 })).toBe('given.content: expected a string or a Uint8Array, given a number.');
    expect(messageOf(inputFileSchema, { path: 'a' })).toContain('given.content: expected a string or a Uint8Array');
  });
});

describe('codeBlockSchema', () => {
  it('accepts a block with or without a file name', () => {
    expect(validateOptions(codeBlockSchema, { code: '', language: '' }, 'block')).toEqual({ code: '', language: '' });
    const named = { code: 'x', language: 'py', filename: 'a.py' };
    expect(validateOptions(codeBlockSchema, named, 'block')).toEqual(named);
    expect(validateOptions(codeBlockSchema, { code: 'x', language: 'py', filename: undefined }, 'block')).toEqual({
      code: 'x',
      language: 'py',
    });
  });

  it.each([{ code: 1, language: 'py' }, { code: 'x' }, { language: 'py' }, { code: 'x', language: 'py', lang: 'py' }, 'print(1)', null])(
    'refuses %j',
    (value) => {
      expect(messageOf(codeBlockSchema, value)).not.toBe('valid');
    },
  );
});

describe('executeOptionsSchema', () => {
  it('accepts every option of the contract', () => {
    const options: ExecuteOptions = {
      abortSignal: new AbortController().signal,
      timeoutMs: 5,
      env: { A: 'b' },
      cwd: 'a/b',
      stdin: Uint8Array.of(1),
      args: ['', '--x', 'a b'],
      files: [{ path: 'a', content: 'b' }],
      collectFiles: ['**/*.png', 'out/'],
      onProgress: () => undefined,
    };
    const valid = validateOptions(executeOptionsSchema, options, 'execute');
    expect(valid).toEqual(options);
    expect(valid.abortSignal).toBe(options.abortSignal);
    expect(valid.stdin).toBe(options.stdin);
  });

  it('accepts undefined for every option', () => {
    const names = ['abortSignal', 'timeoutMs', 'env', 'cwd', 'stdin', 'args', 'files', 'collectFiles', 'onProgress'];
    expect(messageOf(executeOptionsSchema, Object.fromEntries(names.map((name) => [name, undefined])))).toBe('valid');
    expect(messageOf(executeOptionsSchema, {})).toBe('valid');
  });

  it.each([
    ['a', 'a'],
    ['./a//b/', 'a/b'],
    ['.', '.'],
    ['./', '.'],
    ['././.', '.'],
    ['.//', '.'],
  ])('normalizes the directory %j to %j', (cwd, normal) => {
    expect(validateOptions(executeOptionsSchema, { cwd }, 'execute').cwd).toBe(normal);
  });

  it.each([
    [{ timeoutMs: 0 }, /^given\.timeoutMs: expected a whole number of milliseconds greater than or equal to 1, given 0\.$/],
    [{ timeout: 1 }, /^given: expected timeoutMs, given "timeout"\.$/],
    [{ cwd: '/proc/self/fd/7' }, /^given\.cwd: expected a directory relative to the workspace/],
    [{ cwd: '../..' }, /^given\.cwd: expected a path inside the workspace/],
    [{ cwd: '..' }, /^given\.cwd: /],
    [{ cwd: '../' }, /^given\.cwd: /],
    [{ cwd: './..' }, /^given\.cwd: /],
    [{ cwd: 'a/../..' }, /^given\.cwd: /],
    [{ cwd: '' }, /^given\.cwd: expected a path that is not empty/],
    [{ cwd: 'a\0b' }, /^given\.cwd: expected text without NUL/],
    [{ stdin: 1 }, /^given\.stdin: expected a string or a Uint8Array, given a number/],
    [{ args: 'x' }, /^given\.args: expected an array/],
    [{ args: ['a\0b'] }, /^given\.args\[0\]: expected text without NUL/],
    [{ files: [{ path: '../x', content: '' }] }, /^given\.files\[0\]\.path: expected a path inside the workspace/],
    [{ files: 'x' }, /^given\.files: expected an array/],
    [{ collectFiles: 'x' }, /^given\.collectFiles: expected a boolean or an array, given "x"/],
    [{ collectFiles: [1] }, /^given\.collectFiles\[0\]: expected a string, given 1/],
    [{ collectFiles: ['ok', '[a'] }, /^given\.collectFiles\[1\]: expected "\]" after "\[", given "\[a"/],
    [{ collectFiles: Array.from({ length: 20 }, () => 'a'.repeat(200)) }, /^given\.collectFiles: expected at most 2048 characters/],
    [{ abortSignal: {} }, /^given\.abortSignal: expected an AbortSignal, given an object/],
    [{ abortSignal: new AbortController() }, /^given\.abortSignal: expected an AbortSignal/],
    [{ onProgress: 'x' }, /^given\.onProgress: expected a function/],
    ['x', /^given: expected an object/],
  ])('refuses %j', (value, message) => {
    expect(messageOf(executeOptionsSchema, value)).toMatch(message);
  });
});

describe('spawnOptionsSchema and runOptionsSchema', () => {
  it('accept a program or a command line', () => {
    for (const schema of [spawnOptionsSchema, runOptionsSchema]) {
      expect(validateOptions(schema, { argv: ['echo', '', '-n'] }, 'run')).toEqual({ argv: ['echo', '', '-n'] });
      expect(validateOptions(schema, { command: 'echo a\necho b', cwd: '/tmp' }, 'run')).toEqual({
        command: 'echo a\necho b',
        cwd: '/tmp',
      });
    }
  });

  it('accept the standard input types of spawn and run', () => {
    expect(messageOf(spawnOptionsSchema, { command: 'cat', stdin: true })).toBe('valid');
    expect(messageOf(spawnOptionsSchema, { command: 'cat', stdin: 'text' })).toContain('given.stdin: expected a boolean');
    for (const stdin of ['text', Uint8Array.of(1), new ReadableStream()])
      expect(messageOf(runOptionsSchema, { command: 'cat', stdin })).toBe('valid');
    expect(messageOf(runOptionsSchema, { command: 'cat', stdin: true })).toContain(
      'given.stdin: expected a string or a Uint8Array or a ReadableStream',
    );
  });

  it.each([
    [{}, /^given: expected either argv or command, given an object/],
    [{ argv: ['a'], command: 'a' }, /^given: expected either argv or command/],
    [{ argv: [] }, /^given\.argv/],
    [{ argv: [''] }, /^given\.argv\[0\]: expected a program/],
    [{ argv: 'echo' }, /^given\.argv: expected a/],
    [{ argv: ['echo', 1] }, /^given\.argv\[1\]: expected a string/],
    [{ argv: ['echo', 'a\0b'] }, /^given\.argv\[1\]: expected text without NUL/],
    [{ command: 1 }, /^given\.command: expected a string/],
    [{ command: 'a\0b' }, /^given\.command: expected text without NUL/],
    [{ command: 'true', outputBytes: 0 }, /^given\.outputBytes: expected a whole number greater than or equal to 1, given 0/],
    [{ command: 'true', cwd: '../x' }, /^given\.cwd: /],
    [{ command: 'true', timeoutms: 1 }, /^given: expected timeoutMs, given "timeoutms"/],
  ])('refuse %j', (value, message) => {
    for (const schema of [spawnOptionsSchema, runOptionsSchema]) expect(messageOf(schema, value)).toMatch(message);
  });

  it('refuse an invalid number of kept bytes', () => {
    for (const keptOutputBytes of [-1, Number.NaN, 0.5]) {
      expect(messageOf(runOptionsSchema, { command: 'true', keptOutputBytes })).toContain('given.keptOutputBytes: ');
    }
  });
});

it('has the types of the contract', () => {
  expectTypeOf<z.output<typeof executeOptionsSchema>>().toEqualTypeOf<ExecuteOptions>();
  expectTypeOf<z.output<typeof spawnOptionsSchema>>().toEqualTypeOf<SpawnOptions>();
  expectTypeOf<z.output<typeof runOptionsSchema>>().toEqualTypeOf<RunOptions>();
  expectTypeOf<z.output<typeof inputFileSchema>>().toEqualTypeOf<InputFile>();
  expectTypeOf<z.output<typeof codeBlockSchema>>().toEqualTypeOf<CodeBlock>();
});
