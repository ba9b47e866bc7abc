import { expect, test } from 'vitest';
import { endlessLine, hostileVariants } from './hostile-bytes.ts';

test('every number and property of a message is damaged, and no variant is the message itself', () => {
  const message = '{"status":"ok","count":12}\n';
  const variants = hostileVariants(message);
  const texts = new Set(variants.map(({ bytes }) => bytes.toString('latin1')));
  expect(texts).toContain('{"status":"ok","count":-1}\n');
  expect(texts).toContain('{"__proto__":"ok","count":12}\n');
  expect(texts).toContain('{"status":"ok","count":null,"":12}\n');
  expect(variants.length).toBeGreaterThan(40);
  expect(new Set(variants.map(({ name }) => name)).size).toBe(variants.length);
});

test('a line without an end has the wanted size', () => {
  const chunks = [...endlessLine({ start: 'go', totalBytes: 1024 * 1024 })];
  expect(Buffer.concat(chunks).length).toBe(1024 * 1024 + 2);
  expect(Buffer.concat(chunks).includes('\n')).toBe(false);
});
