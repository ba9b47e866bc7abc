import type { BlockResult, CodeResult, OutputFile, RichResult } from './code-result.ts';
import type { ProgressEvent } from './sandbox-provider.ts';

/** An event of a call. Events arrive in order, and the last event is always `end`. `index` is the block's position, starting at 0. */
export type ExecutionEvent =
  | { readonly type: 'status'; readonly progress: ProgressEvent }
  | { readonly type: 'block-start'; readonly index: number; readonly language: string; readonly codeFile?: string }
  | { readonly type: 'stdout'; readonly index: number; readonly text: string }
  | { readonly type: 'stderr'; readonly index: number; readonly text: string }
  | { readonly type: 'result'; readonly index: number; readonly result: RichResult }
  | { readonly type: 'block-end'; readonly index: number; readonly result: BlockResult }
  | { readonly type: 'file'; readonly file: OutputFile }
  | { readonly type: 'end'; readonly result: CodeResult };
