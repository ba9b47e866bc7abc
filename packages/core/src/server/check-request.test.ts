import { expect, test } from 'vitest';
import { checkRequest } from './check-request.ts';

const own = { hostname: '127.0.0.1', port: () => 3000 };

test.each([
  [{ host: 'localhost:3000' }, undefined],
  [{ host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000', site: 'same-origin' }, undefined],
  [{ host: '[::1]:3000', site: 'none' }, undefined],
  [{ host: undefined }, 'foreign-host'],
  [{ host: 'localhost:3001' }, 'foreign-host'],
  [{ host: 'localhost.evil.example:3000' }, 'foreign-host'],
  [{ host: '192.0.2.1:3000' }, 'foreign-host'],
  [{ host: 'localhost:3000', origin: 'null' }, 'foreign-origin'],
  [{ host: 'localhost:3000', origin: 'http://127.0.0.1:3000' }, 'foreign-origin'],
  [{ host: 'localhost:3000', origin: 'http://localhost:3001' }, 'foreign-origin'],
  [{ host: 'localhost:3000', site: 'cross-site' }, 'foreign-origin'],
] as const)('a request with %j is refused as %s', (source, expected) => {
  expect(checkRequest({ origin: undefined, ...source }, own)).toBe(expected);
});

test('a server that listens on all addresses accepts addresses and no foreign names', () => {
  const open = { hostname: '0.0.0.0', port: () => 3000 };
  expect(checkRequest({ host: '192.0.2.1:3000', origin: undefined }, open)).toBeUndefined();
  expect(checkRequest({ host: 'evil.example:3000', origin: undefined }, open)).toBe('foreign-host');
});
