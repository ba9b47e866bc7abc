import { type LackGroup, words } from './listed-lacks.ts';
import * as reasons from './reasons.ts';

/** The modules of Node that programs can import. */
export const NODE_MODULES: readonly string[] = words(
  'assert assert/strict buffer console constants crypto events fs fs/promises module os path path/posix perf_hooks process querystring readline readline/promises stream stream/consumers stream/promises string_decoder timers timers/promises url util util/types',
);

/** Modules of Node that the sandbox lacks. The message of a failed import contains the reason. */
export const ABSENT_NODE_MODULES: readonly LackGroup[] = [
  {
    reason: reasons.NO_NETWORK,
    names: words('http https http2 net tls dgram dns dns/promises'),
    instead: reasons.INSTEAD_OF_NETWORK,
  },
  { reason: reasons.NO_PROCESSES, names: words('child_process cluster'), instead: 'Run commands in an sh block.' },
  { reason: 'the sandbox has no threads', names: ['worker_threads'] },
  {
    reason: reasons.NOT_INCLUDED,
    names: words(
      'async_hooks diagnostics_channel domain inspector inspector/promises path/win32 punycode repl sea sqlite stream/web sys test test/reporters trace_events tty v8 vm wasi zlib',
    ),
  },
];

/** Packages that programs often import. `*` stands for every other package. */
export const ABSENT_NPM_PACKAGES: readonly LackGroup[] = [
  { reason: reasons.NO_NETWORK, names: words('axios node-fetch express ws'), instead: reasons.INSTEAD_OF_NETWORK },
  {
    reason: 'npm packages are not available here',
    names: ['*'],
    instead: 'Use the basic modules of Node, such as fs, path, util and crypto, or your own files; nothing can be installed.',
  },
];

/** Syntax and globals that the engine lacks. */
export const ABSENT_JAVASCRIPT_FEATURES: readonly LackGroup[] = [
  { reason: reasons.NOT_INCLUDED, names: words('WebAssembly Atomics Temporal ReadableStream Blob Request Response WebSocket Worker') },
  { reason: 'the engine does not compile this syntax', names: ['JSX', 'decorators'] },
];

/** TypeScript code is run after its types are removed, so syntax that needs a compiler is refused. */
export const ABSENT_TYPESCRIPT_FEATURES: readonly LackGroup[] = [
  {
    reason: 'types are removed, not compiled',
    names: ['enum', 'namespace', 'parameter properties'],
    instead: 'Use objects with `as const`, modules, and plain fields.',
  },
];
