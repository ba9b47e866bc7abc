import { loadAdapter } from '../shared/load-adapter.ts';

const load = (): Promise<typeof import('./index.ts')> => import('./index.ts');

/** The adapter for programs that Node runs. If a package is missing, the import fails with the command that installs it. */
export const { createMcpServer, serveMcp, serveMcpHttp } = await loadAdapter({
  subPath: 'mcp',
  peers: ['@modelcontextprotocol/server@2'],
  load,
});
