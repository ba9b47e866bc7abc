/**
 * Loads libraries at their first use. Together they take about one second, and programs that only import this package do not need them.
 * `import()` would make the constructors of this package asynchronous.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export function clientLibrary(): typeof import('@kubernetes/client-node') {
  return require('@kubernetes/client-node');
}

export function undici(): typeof import('undici') {
  return require('undici');
}

export function ws(): typeof import('ws') {
  return require('ws');
}
