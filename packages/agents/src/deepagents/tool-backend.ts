import type { ExecuteResponse } from 'deepagents';
import { cleanLine } from '../shared/index.ts';
import { RawBackend } from './raw-backend.ts';

/** A command of a file tool that did not run to its end. */
class UnfinishedCommand extends Error {
  override readonly name = 'UnfinishedCommand';
}

/** For file tools: deepagents would take the output so far of a command that was ended for all there is, and report that nothing was found. */
export class ToolBackend extends RawBackend {
  #isCut = false;

  /** Whether the output of one of the commands was too long to keep. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** @throws {UnfinishedCommand} */
  override async execute(command: string): Promise<ExecuteResponse> {
    const { output, exitCode, reason, truncated } = await this.run(command);
    if (exitCode === null) throw new UnfinishedCommand(`The tool did not finish. ${cleanLine(reason ?? 'Its command was ended.')}`);
    this.#isCut ||= truncated !== undefined;
    return { output, exitCode, truncated: truncated !== undefined };
  }
}

/** The result of a file tool, or an error for deepagents if its command did not run to its end. */
export async function finished<T>(tool: Promise<T>): Promise<T | { error: string }> {
  try {
    return await tool;
  } catch (error) {
    if (error instanceof UnfinishedCommand) return { error: error.message };
    throw error;
  }
}
