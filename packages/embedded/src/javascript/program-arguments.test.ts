import { expect, test } from 'vitest';
import { readProgramArguments } from './program-arguments.ts';

test.each([
  [[], { type: 'input', rest: [], isModule: false }],
  [['-', 'a'], { type: 'input', rest: ['a'], isModule: false }],
  [['a.js', '-e', 'x'], { type: 'file', path: 'a.js', rest: ['-e', 'x'] }],
  [['--', '-a.js', 'b'], { type: 'file', path: '-a.js', rest: ['b'] }],
  [['-e', 'code', 'x'], { type: 'code', code: 'code', rest: ['x'], isPrinted: false, isModule: false }],
  [['--no-warnings', '--input-type=module', '-p', '1'], { type: 'code', code: '1', rest: [], isPrinted: true, isModule: true }],
  [['-e'], { type: 'wrong', message: '-e requires an argument' }],
  [['--inspect'], { type: 'wrong', message: 'bad option: --inspect' }],
  [['-v', 'x'], { type: 'version' }],
])('node %j', (given, expected) => {
  expect(readProgramArguments(given)).toEqual(expected);
});
