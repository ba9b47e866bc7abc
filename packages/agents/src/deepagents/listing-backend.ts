import type { ExecuteResponse } from 'deepagents';
import { ToolBackend } from './tool-backend.ts';

/**
 * Matches a line with a very late time in the output of deepagents' listing commands: the size, then the modification time in seconds, with
 * at least 13 digits.
 */
const lateTime = /^(\d+\t)-?\d{13,}(?:\.\d*)?(?=\t)/gm;

/**
 * The backend for `ls` and `glob`. deepagents cannot convert very late times to dates, so this backend replaces them with 0. A guest can
 * set any time.
 */
export class ListingBackend extends ToolBackend {
  override async execute(command: string): Promise<ExecuteResponse> {
    const response = await super.execute(command);
    return { ...response, output: response.output.replace(lateTime, (_, size: string) => `${size}0`) };
  }
}
