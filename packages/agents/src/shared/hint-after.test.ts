import type { Environment } from '@sandpod/core';
import { DEFAULT_LIMITS } from '@sandpod/core';
import { imageEnvironment } from '@sandpod/core/backend';
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
  const limits = DEFAULT_LIMITS;
  const closed = imageEnvironment({ isClosed: true, limits });
  const open = imageEnvironment({ isClosed: false, limits });

  test.each([
    ["ModuleNotFoundError: No module named 'numpy'", 'does not have this package', 'pip list'],
    ["Error: Cannot find module 'express'", 'does not have this package', 'modules of Node'],
    ['/workspace/tmp_code_577f99c7.sh: 1: curl: not found', 'does not have this command', 'nothing can be installed'],
    ['/workspace/tmp_code_577f99c7.sh: line 1: foo: command not found', 'does not have this command', 'nothing can be installed'],
    ['sh: foo: not found', 'does not have this command', 'nothing can be installed'],
    ['<urlopen error [Errno -3] Temporary failure in name resolution>', 'no access to the network', 'put the data into the code'],
    ['curl: (6) Could not resolve host: example.com', 'no access to the network', 'put the data into the code'],
    ["wget: bad address 'example.com'", 'no access to the network', 'put the data into the code'],
    ['Error: getaddrinfo EAI_AGAIN example.com', 'no access to the network', 'put the data into the code'],
    ['ERROR: No matching distribution found for numpy', 'no access to the network', 'Nothing can be downloaded'],
  ])('after %j there is advice', (output, reason, instead) => {
    expect(hintAfter(output, closed)).toContain(reason);
    expect(hintAfter(output, closed)).toContain(instead);
  });

  test('with an open network, the advice is to install a package, and a failed request is no lack', () => {
    expect(hintAfter("ModuleNotFoundError: No module named 'numpy'", open)).toContain('pip install');
    expect(hintAfter('curl: (6) Could not resolve host: misspelled.example', open)).toBe('');
  });
});
