import { z } from 'zod';
import { type AdapterOptions, adapterShape, CODE_TOOL_NAME, type ImageOptions, imageShape } from '../shared/index.ts';

export interface CodeToolOptions extends AdapterOptions, ImageOptions {
  /** Name of the tool. Default `run_code`. Some models mistake names such as `python` for their built-in tools. */
  readonly name?: string | undefined;
  /** Text added to the tool description, after the description of the executor. */
  readonly description?: string | undefined;
}

export const codeToolShape = {
  ...adapterShape,
  ...imageShape,
  name: z.string().min(1).default(CODE_TOOL_NAME),
  description: z.string().default(''),
} as const;

export const codeToolOptionsSchema = z.strictObject(codeToolShape);

/** The validated options, with defaults filled in. */
export type ValidCodeToolOptions = z.output<typeof codeToolOptionsSchema>;
