import { serveMcp } from '@sandpod/agents/mcp';
import { createExecutor } from '@sandpod/sandpod';

await using executor = await createExecutor('embedded');
await serveMcp({ executor, name: 'my-sandbox', version: '1.0.0', timeoutMs: 30_000 });
