import { describe, expect, test } from 'vitest';
import { parseRunArguments } from './parse-run-arguments.ts';
import type { RunOptions } from './run-options.ts';
import { UsageError } from './usage-error.ts';

function parse(argv: string, own: Record<string, string> = {}): RunOptions {
  const options = parseRunArguments(argv.split(' ').filter(Boolean), own);
  if (options === 'help') throw new Error('help was not asked for');
  return options;
}

function refusal(argv: string): UsageError {
  try {
    parse(argv);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

test('a file without options runs on the embedded back end with the executor’s limits', () => {
  expect(parse('answer.md')).toEqual({
    input: 'answer.md',
    code: undefined,
    language: undefined,
    on: 'embedded',
    timeoutMs: undefined,
    backendOptions: {},
    backendFlags: [],
    cwd: undefined,
    env: {},
    files: [],
    out: undefined,
    stdin: undefined,
    args: [],
    json: false,
    quiet: false,
    verbose: false,
  });
});

test('every option is understood, before and after the file', () => {
  const options = parse(
    '--on pod --language python -t 2m --image i --namespace n -e A=1 --env B=2 answer -f x --file y:z -o out --stdin in --json -v',
  );
  expect(options).toMatchObject({
    input: 'answer',
    on: 'pod',
    language: 'python',
    timeoutMs: 120_000,
    out: 'out',
    stdin: 'in',
    json: true,
    verbose: true,
  });
  expect(options).toMatchObject({ backendOptions: { image: 'i', namespace: 'n' }, env: { A: '1', B: '2' }, files: ['x', 'y:z'] });
});

test('SANDPOD_ON selects the back end, --on overrides it, and an empty value counts as unset', () => {
  expect(parse('x.py', { SANDPOD_ON: 'docker' }).on).toBe('docker');
  expect(parse('--on pod x.py', { SANDPOD_ON: 'docker' }).on).toBe('pod');
  expect(parse('x.py', { SANDPOD_ON: '' }).on).toBe('embedded');
});

test('arguments after -- are passed to the program unchanged, including further dashes', () => {
  expect(parse('x.py -- --json -t 5 -- last')).toMatchObject({
    json: false,
    timeoutMs: undefined,
    args: ['--json', '-t', '5', '--', 'last'],
  });
});

test('- is standard input', () => {
  expect(parse('-').input).toBe('-');
});

test('--help takes precedence over everything else that parses', () => {
  expect(parseRunArguments(['--help'], {})).toBe('help');
  expect(parseRunArguments(['x.py', '-h'], {})).toBe('help');
});

describe('refuses', () => {
  test.each([
    ['', 'Expected a file'],
    ['a.py b.py', 'Expected one file; got 2: a.py, b.py'],
    ['--bogus x.py', "Unknown option '--bogus'"],
    ['x.py --timeout', "'-t, --timeout <value>' argument missing"],
    ['x.py --timeout=0', '--timeout expects a time above zero'],
    ['--stdin - -', 'cannot be both'],
    ['-q -v x.py', 'cannot be combined'],
    ['--json=yes x.py', 'does not take an argument'],
    ['--out= x.py', '--out expects a directory'],
  ])('%j', (argv, message) => {
    expect(refusal(argv).message).toContain(message);
  });

  test('arguments without --, showing where they go', () => {
    expect(refusal('a.py fast').advice).toContain('sandpod run a.py -- fast');
  });
});

test('a value that starts with a dash is rejected, with advice on how to pass it', () => {
  const { message, advice } = refusal('--timeout -1 x.py');
  expect(message).toBe("Option '--timeout' argument is ambiguous.");
  expect(advice).toMatch(/^Did you forget .* use '--timeout=-XYZ'\.$/);
});

test('limits and the network become options of the back end', () => {
  const options = parse('x.py --memory 1g --cpus 0.5 --network bridge --image i --workdir data');
  expect(options).toMatchObject({
    backendOptions: { image: 'i', network: 'bridge', limits: { memoryBytes: 1024 ** 3, cpus: 0.5 } },
    backendFlags: ['image', 'network', 'memory', 'cpus'],
    cwd: 'data',
  });
});
