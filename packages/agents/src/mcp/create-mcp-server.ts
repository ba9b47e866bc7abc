import { McpServer } from '@modelcontextprotocol/server';
import { validateOptions } from '@sandpod/core/backend';
import { instructionsFor } from './instructions.ts';
import { type McpServerOptions, mcpServerOptionsSchema, type ValidMcpOptions, withOneTarget } from './mcp-server-options.ts';
import { registerFiles } from './register-files.ts';
import { registerRunTools } from './run-tools.ts';
import { ToolTarget } from './tool-target.ts';

/**
 * Creates an MCP server with the tools `run_code`, `run_command`, `read_file`, `write_file` and `list_files`. Tools that the executor or
 * the sandbox does not support are left out. Calls run one after the other. If a call is cancelled, its code is killed.
 *
 * Connect the server to any transport, or pass it to `createMcpHandler` from `@modelcontextprotocol/server` for HTTP. All clients share the
 * same workspace.
 *
 * @throws {SandpodError} `invalid-options`, for example if the executor runs no language.
 */
export function createMcpServer(options: McpServerOptions): McpServer {
  return makeMcpServer(withOneTarget(validateOptions(mcpServerOptionsSchema, options, 'createMcpServer'), 'createMcpServer'));
}

/**
 * Like {@link createMcpServer}, for options that are already validated. `filesUrl` is the address at which programs can transfer files.
 */
export function makeMcpServer(options: ValidMcpOptions, { filesUrl }: { readonly filesUrl?: string } = {}): McpServer {
  const { name, version, executor, sandbox } = options;
  const hasFiles = (executor === undefined ? sandbox : executor.files) !== undefined;
  const server = new McpServer({ name, version }, { instructions: instructionsFor({ hasFiles, filesUrl }) });
  const target = new ToolTarget(options, server);
  registerRunTools(server, target);
  registerFiles(server, target);
  return server;
}
