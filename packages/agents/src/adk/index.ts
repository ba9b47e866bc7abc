export { AdkCodeExecutor } from './adk-code-executor.ts';
export type { AdkCodeExecutorOptions } from './adk-options.ts';
export { CodeBlockProcessor } from './code-block-processor.ts';
