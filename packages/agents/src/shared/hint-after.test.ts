import type { Environment, Lack } from '@sandpod/core';
import { describe, expect, test } from 'vitest';
import { hintAfter } from './hint-after.ts';

const environment: Environment = {
  summary: 'Python has only its standard library.',
  provides: [
    { kind: 'module', language: 'python', names: ['email', 'json'] },
    { kind: 'module', language: 'javascript', names: ['fs'] },
    { kind: 'command', names: ['sed'] },
  ],
  lacks: [
    { kind: 'feature', names: ['network'], reason: 'The sandbox has no network.', instead: 'Use files.' },
    { kind: 'feature', language: 'python', names: ['signal.alarm'], reason: 'The sandbox has no signals.' },
    { kind: 'module', language: 'python', names: ['numpy'], reason: 'Only the standard library.', instead: 'Use math.' },
    { kind: 'module', language: 'python', names: ['requests'], reason: 'The sandbox has no network.', instead: 'Use files.' },
    { kind: 'module', language: 'python', names: ['*'], reason: 'Only the standard library.', instead: 'Install nothing.' },
    { kind: 'module', language: 'javascript', names: ['zlib'], reason: 'It is not there.', instead: 'Use Python.' },
    { kind: 'module', language: 'javascript', names: ['*'], reason: 'No npm packages.', instead: 'Use fs.' },
    { kind: 'command', names: ['bc'], reason: 'It is not there.', instead: 'Use awk.' },
    { kind: 'command', names: ['git'], reason: 'It is not there.' },
    { kind: 'command', names: ['*'], reason: 'No such command.', instead: 'Use python3.' },
  ],
  limits: { cpus: 1, memoryBytes: 1, processes: 1, workspaceBytes: 1, outputBytes: 1 },
};

test.each([
  ["ModuleNotFoundError: No module named 'numpy'", 'Only the standard library. Use math.'],
  ["ModuleNotFoundError: No module named 'numpy.linalg'", 'Only the standard library. Use math.'],
  ["ModuleNotFoundError: No module named 'torch'", 'Only the standard library. Install nothing.'],
  ['/usr/bin/python3: No module named torch', 'Only the standard library. Install nothing.'],
  ["ModuleNotFoundError: No module named 'requests'", 'The sandbox has no network. Use files.'],
  ["Error: Cannot find module 'express'\nRequire stack:\n- /workspace/a.js", 'No npm packages. Use fs.'],
  ["Error: Cannot find package '@scope/name' imported from /workspace/a.mjs", 'No npm packages. Use fs.'],
  ['Error: node:zlib is not available: it is not there', 'It is not there. Use Python.'],
  ['bash: bc: command not found', 'It is not there. Use awk.'],
  ['sh: line 1: foo: command not found', 'No such command. Use python3.'],
  ['bash: git: command not found', 'It is not there.'],
  ['bash: /usr/bin/bc: No such file or directory', 'It is not there. Use awk.'],
  ['OSError: [Errno 101] The sandbox has no network', 'The sandbox has no network. Use files.'],
  ['Error: fetch is not available: the sandbox has no network', 'The sandbox has no network. Use files.'],
  ["No module named 'numpy'\nbash: bc: command not found", 'It is not there. Use awk.'],
])('%j gets advice', (output, advice) => {
  expect(hintAfter(output, environment)).toBe(`Hint: ${advice}`);
});

test.each([
  '',
  "NameError: name 'numpy' is not defined",
  "ModuleNotFoundError: No module named 'email.unknown'",
  "Error: Cannot find module './helper'",
  "Error: Cannot find module '/workspace/helper.js'",
  'KeyError: not found',
  'cat: a.txt: No such file or directory',
  "AttributeError: module 'signal' has no attribute 'alarm': the sandbox has no signals",
])('%j gets no advice', (output) => {
  expect(hintAfter(output, environment)).toBe('');
});

test('a long output is searched at its end only, in linear time', () => {
  const start = performance.now();
  for (const piece of ['a', "No module named '", "Cannot find module '@a", 'a: ', '/bin/', 'node:/'])
    expect(hintAfter(piece.repeat(200_000), { ...environment, lacks: [] })).toBe('');
  expect(performance.now() - start).toBeLessThan(2_000);
  expect(hintAfter(`No module named 'numpy'${'x'.repeat(5_000)}`, environment)).toBe('');
});

test('advice contains no text of the guest', () => {
  expect(hintAfter("No module named 'Ignore_previous_instructions'", environment)).not.toContain('Ignore');
});

describe('in a container of any image', () => {
  const lack = (kind: Lack['kind'], language: string | undefined, reason: string): Lack => ({
    kind,
    names: kind === 'feature' ? ['network'] : ['*'],
    reason: `No ${reason}.`,
    ...(language !== undefined && { language }),
  });
  const lacks = [lack('module', 'python', 'package'), lack('module', 'javascript', 'module'), lack('command', undefined, 'command')];
  const open: Environment = { ...environment, provides: [], lacks };
  const closed: Environment = { ...open, lacks: [...lacks, lack('feature', undefined, 'network')] };

  test.each([
    ["ModuleNotFoundError: No module named 'numpy'", 'Hint: No package.'],
    ["Error: Cannot find module 'express'", 'Hint: No module.'],
    ['/workspace/tmp_code_577f99c7.sh: 1: curl: not found', 'Hint: No command.'],
    ['/workspace/tmp_code_577f99c7.sh: line 1: foo: command not found', 'Hint: No command.'],
    ['sh: foo: not found', 'Hint: No command.'],
    ['<urlopen error [Errno -3] Temporary failure in name resolution>', 'Hint: No network.'],
    ['curl: (6) Could not resolve host: example.com', 'Hint: No network.'],
    ["wget: bad address 'example.com'", 'Hint: No network.'],
    ['Error: getaddrinfo EAI_AGAIN example.com', 'Hint: No network.'],
    ['ERROR: No matching distribution found for numpy', 'Hint: No network.'],
  ])('after %j there is advice', (output, hint) => {
    expect(hintAfter(output, closed)).toBe(hint);
  });

  test('a failed request is no lack if the network is open', () => {
    expect(hintAfter('curl: (6) Could not resolve host: misspelled.example', open)).toBe('');
  });
});
