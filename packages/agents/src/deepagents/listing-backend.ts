import type { ExecuteResponse } from 'deepagents';
import { ToolBackend } from './tool-backend.ts';

/** A line of deepagents' listing commands: the size, then the time of change in seconds. A date has at most 13 digits of them. */
const lateTime = /^(\d+\t)-?\d{13,}(?:\.\d*)?(?=\t)/gm;

/** For `ls` and `glob`: deepagents converts times to dates, which fails for times that no date can represent. A guest can set any time. */
export class ListingBackend extends ToolBackend {
  override async execute(command: string): Promise<ExecuteResponse> {
    const response = await super.execute(command);
    return { ...response, output: response.output.replace(lateTime, (_, size: string) => `${size}0`) };
  }
}
