/** Node modules that the sandbox does not have. An import fails with the reason. */
const refused = new Set([
  'async_hooks',
  'child_process',
  'cluster',
  'dgram',
  'diagnostics_channel',
  'dns',
  'dns/promises',
  'http',
  'http2',
  'https',
  'inspector',
  'net',
  'punycode',
  'repl',
  'stream',
  'stream/promises',
  'stream/web',
  'tls',
  'trace_events',
  'tty',
  'v8',
  'vm',
  'worker_threads',
  'zlib',
]);

export function isRefusedModule(name: string): boolean {
  return refused.has(name);
}
