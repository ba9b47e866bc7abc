import { expect, test } from 'vitest';
import { readShellArguments } from './shell-arguments.ts';

test.each([
  [[], { type: 'input', options: [], arguments: [] }],
  [['-s', 'a'], { type: 'input', options: [], arguments: ['a'] }],
  [['x.sh', '-e'], { type: 'script', path: 'x.sh', options: [], arguments: ['-e'] }],
  [['-ec', 'line'], { type: 'line', line: 'line', name: 'bash', options: ['-e'], arguments: [] }],
  [['-c', 'line', 'name', 'a', 'b'], { type: 'line', line: 'line', name: 'name', options: [], arguments: ['a', 'b'] }],
  [['-euo', 'pipefail', '+x', 'x.sh'], { type: 'script', path: 'x.sh', options: ['-e', '-u', '-o', 'pipefail', '+x'], arguments: [] }],
  [['--norc', '-l', '--', '-x.sh'], { type: 'script', path: '-x.sh', options: [], arguments: [] }],
  [['-c'], { type: 'wrong', message: '-c: option requires an argument' }],
  [['-o'], { type: 'wrong', message: '-o: option requires an argument' }],
  [['-q'], { type: 'wrong', message: '-q: invalid option' }],
  [['--bad'], { type: 'wrong', message: '--bad: invalid option' }],
  [['--version'], { type: 'version' }],
])('bash %j', (given, expected) => {
  expect(readShellArguments('bash', given)).toEqual(expected);
});
