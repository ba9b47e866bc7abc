import { EmbeddedSandboxProvider } from '@sandpod/embedded';
import { testDeepAgentsBackend } from './deepagents-suite.ts';

testDeepAgentsBackend({ name: 'embedded', provider: () => new EmbeddedSandboxProvider() });
