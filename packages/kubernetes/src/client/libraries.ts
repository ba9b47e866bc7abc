/**
 * Loads libraries at their first use. Together they take about one second, and programs that only import this package do not need them.
 * `import()` would make the constructors of this package asynchronous.
 */
import { createRequire } from 'node:module';

interface Libraries {
  readonly client: typeof import('@kubernetes/client-node');
  readonly undici: typeof import('undici');
  readonly ws: Pick<typeof import('ws'), 'WebSocket'>;
}

const require = createRequire(import.meta.url);
let bundled: Libraries | undefined;

/** Uses these libraries instead of those in `node_modules`. */
export function useLibraries(libraries: Libraries): void {
  bundled = libraries;
}

export function clientLibrary(): Libraries['client'] {
  return bundled?.client ?? require('@kubernetes/client-node');
}

export function undici(): Libraries['undici'] {
  return bundled?.undici ?? require('undici');
}

export function ws(): Libraries['ws'] {
  return bundled?.ws ?? require('ws');
}
