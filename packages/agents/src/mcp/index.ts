export { createMcpServer } from './create-mcp-server.ts';
export type { McpServerOptions } from './mcp-server-options.ts';
export { type ServeMcpOptions, serveMcp } from './serve-mcp.ts';
