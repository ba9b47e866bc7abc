import { format, inspect } from 'node:util';
import { runInThisContext } from 'node:vm';
import { beforeAll, describe, expect, test } from 'vitest';
import { runGuestProgram } from '../../test/run-guest-program.ts';
import type { GuestProgram } from '../guest/guest-contract.ts';
import { loadJavascriptEngine } from './javascript-engine.ts';
import { createJavascriptProgram } from './javascript-program.ts';

// Each expression is evaluated by Node and in the sandbox. Both must print the same text.
const expressions = [
  `{ a: 1, b: 'x', c: [1, 2, 3], d: { e: { f: { g: 1 } } } }`,
  `[[], {}, undefined, null, -0, 1n, Symbol('s'), NaN]`,
  `["quo'te", 'dq"', 'new\\nline', 'back\\\\slash', 'é😀']`,
  `new Map([['a', 1], [{ k: 1 }, [2]]])`,
  `new Set([1, 'a', { b: 2 }])`,
  `[new Date(0), /ab+c/gi, function foo() {}, () => {}, class A {}, class B extends Map {}, async () => {}, function* g() {}]`,
  `new (class Foo { constructor() { this.x = 1; this.y = [1, 2]; } })()`,
  `Object.assign(Object.create(null), { a: 1 })`,
  `Array.from({ length: 120 }, (_, i) => i)`,
  `Array.from({ length: 30 }, (_, i) => 'item' + i)`,
  `[1.5, 2.25, 100, -3, 4, 5, 6, 7, 8]`,
  `['a', 'bb', 'ccc', 'dddd', 'eeeee', 'ffffff', 'ggggggg', 'hhhhhhhh']`,
  `(() => { const c = { name: 'c', list: [] }; c.self = c; c.list.push(c.list); return c; })()`,
  `{ get a() { return 1; }, set b(v) {}, [Symbol('k')]: 1, 'a-b': 2, 3: 4 }`,
  `[new Uint8Array([1, 2, 3]), new ArrayBuffer(4), Buffer.from('hello')]`,
  `[Object(1), Object('str'), Object(1n), new WeakMap(), [1, , 3], new Array(5)]`,
  `{ users: [{ id: 1, name: 'Alice', address: { city: 'Paris', geo: { lat: 1, lng: 2 } } }] }`,
  `Array.from({ length: 27 }, (_, i) => ({ i }))`,
  `{ long1: 'aaaaaaaaaaaaaaaaaaaa', long2: 'bbbbbbbbbbbbbbbbbbbbbbbbbb', long3: 'cccccccccccccccccccccccccc' }`,
  `new (class Stack extends Array {})(3)`,
];

const formats = [
  `'%s is %d years and %i, %f, %j %%', 'Bob', 42.5, 42.9, '3.5x', { a: 1 }`,
  `'%s %o %O', { a: { b: 1 } }, [1, 2], { b: { c: { d: {} } } }, 'extra', { x: 1 }`,
  `'100%', 5`,
  `'a%sb'`,
  `{ a: 1 }, 'plain', [2]`,
];

describe('console.log shows values as Node does', () => {
  let program: GuestProgram;
  beforeAll(async () => {
    program = createJavascriptProgram(await loadJavascriptEngine());
  });

  test.each(expressions)('%s', async (expression) => {
    const value: unknown = runInThisContext(`(${expression})`);
    const { stdout } = await runGuestProgram(program, { argv: ['node', '-e', `console.log(${expression})`] });
    expect(stdout).toBe(`${inspect(value)}\n`);
  });

  test.each(formats)('%s', async (values) => {
    const list = runInThisContext(`[${values}]`) as unknown[];
    const { stdout } = await runGuestProgram(program, { argv: ['node', '-e', `console.log(${values})`] });
    expect(stdout).toBe(`${format(...list)}\n`);
  });
});
