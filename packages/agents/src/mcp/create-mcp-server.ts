import { McpServer } from '@modelcontextprotocol/server';
import { validateOptions } from '@sandpod/core/backend';
import { registerFileTools } from './file-tools.ts';
import { type McpServerOptions, mcpServerOptionsSchema, type ValidMcpOptions, withOneTarget } from './mcp-server-options.ts';
import { registerRunTools } from './run-tools.ts';
import { ToolTarget } from './tool-target.ts';

/**
 * An MCP server with the tools `run_code`, `run_command`, `read_file`, `write_file` and `list_files`, as far as the executor or
 * the sandbox can do them. Calls are done one after the other; a cancelled call kills what it runs.
 *
 * Connect it to any transport, or give it to `createMcpHandler` of `@modelcontextprotocol/server` for HTTP. Whoever connects
 * shares the one workspace.
 *
 * @throws {SandpodError} `invalid-options`; also when the executor runs no language.
 */
export function createMcpServer(options: McpServerOptions): McpServer {
  return makeMcpServer(withOneTarget(validateOptions(mcpServerOptionsSchema, options, 'createMcpServer'), 'createMcpServer'));
}

/** {@link createMcpServer} for options that were checked. */
export function makeMcpServer(options: ValidMcpOptions): McpServer {
  const { name, version } = options;
  const server = new McpServer({ name, version });
  const target = new ToolTarget(options);
  registerRunTools(server, target);
  registerFileTools(server, target);
  return server;
}
