export { createMcpServer } from './create-mcp-server.ts';
export type { ServeMcpHttpOptions } from './http/http-options.ts';
export { type McpHttpServer, serveMcpHttp } from './http/serve-mcp-http.ts';
export type { McpServerOptions } from './mcp-server-options.ts';
export { type ServeMcpOptions, serveMcp } from './serve-mcp.ts';
