import { posix } from 'node:path';
import { EmbeddedSandboxProvider } from '@sandpod/embedded';
import { expect, test } from 'vitest';
import { toDeepAgentsBackend } from '../src/deepagents/index.ts';
import { testDeepAgentsBackend } from './deepagents-suite.ts';

testDeepAgentsBackend({ name: 'embedded', provider: () => new EmbeddedSandboxProvider() });

test('a search that was cut short says so', async () => {
  await using sandbox = await new EmbeddedSandboxProvider().create();
  const backend = toDeepAgentsBackend(sandbox);
  const program = 'import os\nfor n in range(5001):\n  os.makedirs(f"d{n}")\n  open(f"d{n}/f", "w").close()';
  await sandbox.run({ argv: ['python3', '-c', program] });
  expect(await backend.glob('*.none', sandbox.workspace)).toEqual({ files: [], truncated: true });
  expect(await backend.grep('x', sandbox.workspace, '*.none')).toEqual({ matches: [], truncated: true });
  const one = posix.join(sandbox.workspace, 'd1');
  expect(await backend.grep('x', one)).toEqual({ matches: [], truncated: false });
});
