export type { BackendDefinition } from './backend/backend-definition.ts';
export type { Finding } from './backend/finding.ts';
export { extractCodeBlocks } from './blocks/extract-code-blocks.ts';
export { findFilenameDirective } from './blocks/filename-directive.ts';
export type * from './contract/capabilities.ts';
export type * from './contract/code-block.ts';
export type * from './contract/code-executor.ts';
export type * from './contract/code-result.ts';
export type * from './contract/execution-event.ts';
export type * from './contract/files.ts';
export * from './contract/limits.ts';
export * from './contract/outcome.ts';
export type * from './contract/process.ts';
export type * from './contract/sandbox.ts';
export type * from './contract/sandbox-provider.ts';
export type * from './contract/sandbox-session.ts';
export { CallControl, cancelledByCaller } from './control/call-control.ts';
export type { EndCause } from './control/end-cause.ts';
export { abortable, FifoQueue } from './control/fifo-queue.ts';
export { ERROR_CODES, type ErrorCode } from './errors/error-codes.ts';
export { ProcessLost } from './errors/process-lost.ts';
export { SandpodError, type SandpodErrorOptions } from './errors/sandpod-error.ts';
export { BaseCodeExecutor } from './executor/base-code-executor.ts';
export { CommandLineCodeExecutor } from './executor/command-line-code-executor.ts';
export {
  type CommandLineCodeExecutorOptions,
  type CommandLineOptions,
  commandLineOptionsShape,
  separateOptions,
} from './executor/command-line-options.ts';
export { type FunctionsPromptOptions, formatFunctionsForPrompt } from './functions/format-functions-for-prompt.ts';
export { type ParsedFunction, parsePythonFunction } from './functions/parse-python-function.ts';
export type * from './functions/python-function.ts';
export { functionFromFile, withRequirements } from './functions/with-requirements.ts';
export { BUILTIN_LANGUAGES } from './languages/builtin-languages.ts';
export type { Language } from './languages/language.ts';
export { LanguageRegistry } from './languages/language-registry.ts';
export * from './launcher/index.ts';
export { validateAttachOptions, validateCreateOptions } from './options/create-options.ts';
export { limitsSchema } from './options/limits-schema.ts';
export { durationMsSchema, environmentSchema } from './options/schemas.ts';
export { validateOptions } from './options/validate-options.ts';
export { OutputCollector } from './output/output-collector.ts';
export { sanitizeTerminalText, stripColours } from './output/sanitize-terminal-text.ts';
export { StreamDecoder } from './output/stream-decoder.ts';
export { TerminalSanitizer } from './output/terminal-sanitizer.ts';
export { compileGlobs } from './paths/glob.ts';
export { makeDirectory } from './paths/make-directory.ts';
export { mediaTypeOf } from './paths/media-type.ts';
export { parseWorkspacePath, resolveInWorkspace } from './paths/workspace-path.ts';
export { BaseSandbox } from './sandbox/base-sandbox.ts';
export { createProcessHandle, type ProcessHandleParts } from './sandbox/process-handle.ts';
export { fileTooLarge } from './sandbox/read-all.ts';
export { isDue, type SweepCandidate, sweepCandidates } from './sandbox/sweep-candidates.ts';
