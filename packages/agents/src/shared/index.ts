export { cleanLine, cleanText, TextCleaner } from './clean-text.ts';
export { CODE_TOOL_NAME, type CodeInput, codeInputSchema } from './code-input-schema.ts';
export { cutText } from './cut-text.ts';
export { describeExecutor } from './describe-executor.ts';
export { failureText, platformFailure } from './failure-text.ts';
export { type ResultImagesOptions, resultImages } from './result-images.ts';
export { DEFAULT_MODEL_CHARACTERS, type ReadableResult, resultText } from './result-text.ts';
