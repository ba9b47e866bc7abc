import type { NetworkInterfaceInfo } from 'node:os';
import { expect, test } from 'vitest';
import { addressesOf } from './addresses-of.ts';

const made = (address: string, internal = false): NetworkInterfaceInfo =>
  ({ address, internal, family: address.includes(':') ? 'IPv6' : 'IPv4' }) as NetworkInterfaceInfo;
const interfaces = {
  lo: [made('127.0.0.1', true), made('::1', true)],
  eth0: [made('192.0.2.7'), made('2001:db8::7'), made('fe80::1')],
};

test.each<[string, readonly string[]]>([
  ['127.0.0.1', ['http://127.0.0.1:80/']],
  ['::1', ['http://[::1]:80/']],
  ['192.0.2.7', ['http://192.0.2.7:80/']],
  ['0.0.0.0', ['http://127.0.0.1:80/', 'http://192.0.2.7:80/']],
  ['::', ['http://127.0.0.1:80/', 'http://192.0.2.7:80/', 'http://[2001:db8::7]:80/']],
])('a server that listens at %s has the addresses %j', (hostname, expected) => {
  expect(addressesOf({ hostname, port: 80 }, interfaces)).toEqual(expected);
});
