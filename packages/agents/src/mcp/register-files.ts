import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import type { SandboxFiles } from '@sandpod/core';
import { FILE_URI_TEMPLATE } from './file-resource.ts';
import { listFileResources } from './list-file-resources.ts';
import { registerListTool } from './list-tool.ts';
import { readFileResource } from './read-file-resource.ts';
import { registerReadTool } from './read-tool.ts';
import type { ToolTarget } from './tool-target.ts';
import { registerWriteTool } from './write-tool.ts';

/**
 * Registers `read_file`, `write_file`, `list_files` and the resources if the target keeps files. Paths never leave the working directory.
 */
export function registerFiles(server: McpServer, target: ToolTarget): void {
  const { files } = target;
  if (files === undefined) return;
  registerReadTool(server, { target, files });
  registerWriteTool(server, { target, files });
  registerListTool(server, { target, files });
  registerResources(server, { target, files });
}

function registerResources(server: McpServer, source: { readonly target: ToolTarget; readonly files: SandboxFiles }): void {
  // The list depends on the code that runs, and nobody watches the workspace.
  server.server.registerCapabilities({ resources: { listChanged: false } });
  const template = new ResourceTemplate(FILE_URI_TEMPLATE, {
    list: async ({ mcpReq }) => ({ resources: await listFileResources(source, mcpReq.signal) }),
  });
  const config = {
    title: 'Files in the sandbox',
    description:
      'A file in the working directory of the sandbox. For a part of a file, add a range in bytes: sandbox:///PATH?offset=0&length=1000.',
  };
  server.registerResource('files', template, config, async (uri, _variables, { mcpReq }) => ({
    contents: [await readFileResource(source, { uri, abortSignal: mcpReq.signal })],
  }));
}
