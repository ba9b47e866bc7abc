import { z } from 'zod';
import type { CodeBlock } from '../contract/code-block.ts';
import type { ExecuteOptions } from '../contract/code-executor.ts';
import { SandpodError } from '../errors/sandpod-error.ts';
import { codeBlockSchema, executeOptionsSchema } from '../options/schemas.ts';
import { validateOptions } from '../options/validate-options.ts';

const blocksSchema = z.array(codeBlockSchema);

/** Validates the arguments of a call. @throws {SandpodError} `invalid-options`, before anything is started. */
export function validateCall(
  blocks: readonly CodeBlock[],
  options: ExecuteOptions,
): { readonly blocks: readonly CodeBlock[]; readonly options: ExecuteOptions } {
  if (Array.isArray(blocks) && blocks.length === 0)
    throw new SandpodError({ code: 'invalid-options', message: 'No code blocks to execute.' });
  return {
    blocks: validateOptions(blocksSchema, blocks, 'blocks'),
    options: validateOptions(executeOptionsSchema, options, 'execute'),
  };
}
