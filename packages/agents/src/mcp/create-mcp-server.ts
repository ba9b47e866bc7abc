import { McpServer } from '@modelcontextprotocol/server';
import { registerFileTools } from './file-tools.ts';
import type { McpServerOptions } from './mcp-server-options.ts';
import { registerRunTools } from './run-tools.ts';
import { ToolTarget } from './tool-target.ts';

/**
 * An MCP server with the tools `run_code`, `run_command`, `read_file`, `write_file` and `list_files`, as far as the executor or
 * the sandbox can do them. Calls are done one after the other; a cancelled call kills what it runs.
 *
 * Connect it to any transport, or give it to `createMcpHandler` of `@modelcontextprotocol/server` for HTTP. Whoever connects
 * shares the one workspace.
 *
 * @throws {SandpodError} `invalid-options` when the executor runs no language.
 */
export function createMcpServer(options: McpServerOptions): McpServer {
  const { name = 'sandpod', version = '0.0.0' } = options;
  const server = new McpServer({ name, version });
  const target = new ToolTarget(options);
  registerRunTools(server, target);
  registerFileTools(server, target);
  return server;
}
