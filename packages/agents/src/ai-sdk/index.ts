export { CODE_TOOL_NAME, type CodeInput } from '../shared/code-input-schema.ts';
export type { PlatformFailure } from '../shared/failure-text.ts';
export { type BashToolOptions, bashTool, type CommandInput } from './bash-tool.ts';
export { type CodeToolOptions, codeTool } from './code-tool.ts';
export type { CodeToolFile, CodeToolOutput } from './code-tool-output.ts';
export type { FileToolOutput } from './file-tool.ts';
export { type FileTools, type FileToolsOptions, fileTools, type ReadFileInput, type WriteFileInput } from './file-tools.ts';
