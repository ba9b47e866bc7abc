import { describe } from 'vitest';
import { testBackend } from './fixtures/test-backend.ts';
import { testSandboxCommands } from './fixtures/test-sandbox-commands.ts';

testBackend({ name: 'docker', image: 'testbed/polyglot:1', env: {}, doctor: /ok +daemon: Docker \d+/ });

describe('existing sandboxes on docker', { timeout: 120_000 }, () =>
  testSandboxCommands({ name: 'docker', image: 'testbed/polyglot:1', env: {} }),
);
