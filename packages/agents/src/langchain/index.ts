export { type CodeTool, codeTool } from './code-tool.ts';
export type { CodeToolChunk, CodeToolEvent } from './code-tool-event.ts';
export type { CodeToolOptions } from './code-tool-options.ts';
export { type SandboxMiddleware, type SandboxMiddlewareOptions, sandboxMiddleware } from './sandbox-middleware.ts';
