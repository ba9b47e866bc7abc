import { EmbeddedCommandLineCodeExecutor, EmbeddedSandboxProvider } from '@sandpod/embedded';
import { defineExecutorSuite, defineSandboxSuite } from '@sandpod/testkit/vitest';

await defineSandboxSuite({
  name: 'embedded',
  factory: (options) => new EmbeddedSandboxProvider(options),
});

await defineExecutorSuite({
  name: 'embedded',
  factory: (options) => new EmbeddedCommandLineCodeExecutor(options),
});
