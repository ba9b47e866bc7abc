import { expect, test } from 'vitest';
import { quoteVisibly, visibleJson } from './visible-json.ts';

test('hidden characters are escaped, and the value stays the same', () => {
  const value = { 'k\u202e': ['a\u3164\u{e0041}\u007f\u009b', 'é 日 😀', '\u001b\ud800\u2028'] };
  const json = visibleJson(JSON.stringify(value, null, 2));
  expect(JSON.parse(json)).toEqual(value);
  expect(json).toContain('"k\\u202e"');
  expect(json).toContain('"a\\u3164\\udb40\\udc41\\u007f\\u009b"');
  expect(json).toContain('"é 日 😀"');
});

test('a quoted name has no character that people cannot see', () => {
  expect(quoteVisibly('report\u202egnp.exe "x"\n')).toBe('"report\\u202egnp.exe \\"x\\"\\n"');
});
