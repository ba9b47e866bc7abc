import { z } from 'zod';
import { type AdapterOptions, adapterShape, CODE_TOOL_NAME, type ImageOptions, imageShape } from '../shared/index.ts';

export interface CodeToolOptions extends AdapterOptions, ImageOptions {
  /** Default `run_code`. Some models take words such as `python` for tools of their own. */
  readonly name?: string | undefined;
  /** What the model is told besides what the executor's capabilities say. */
  readonly description?: string | undefined;
}

export const codeToolShape = {
  ...adapterShape,
  ...imageShape,
  name: z.string().min(1).default(CODE_TOOL_NAME),
  description: z.string().default(''),
} as const;

export const codeToolOptionsSchema = z.strictObject(codeToolShape);

/** Checked, with defaults filled in. */
export type ValidCodeToolOptions = z.output<typeof codeToolOptionsSchema>;
