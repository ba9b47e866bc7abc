import type { ExecuteResponse } from 'deepagents';
import { cleanLine } from '../shared/index.ts';
import { RawBackend } from './raw-backend.ts';

/** A command of a file tool that did not finish. */
class UnfinishedCommand extends Error {
  override readonly name = 'UnfinishedCommand';
}

/** The backend for file tools. Throws if a command does not finish: deepagents would treat the partial output as the whole result. */
export class ToolBackend extends RawBackend {
  #isCut = false;

  /** Returns true if the output of any command so far was cut, because it was too long. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Runs a command. @throws {UnfinishedCommand} if the command does not finish. */
  override async execute(command: string): Promise<ExecuteResponse> {
    const { output, exitCode, reason, truncated } = await this.run(command);
    if (exitCode === null) throw new UnfinishedCommand(`The tool did not finish. ${cleanLine(reason ?? 'Its command was ended.')}`);
    this.#isCut ||= truncated !== undefined;
    return { output, exitCode, truncated: truncated !== undefined };
  }
}

/** Returns the result of a file tool, or an error for deepagents if the tool's command did not finish. */
export async function finished<T>(tool: Promise<T>): Promise<T | { error: string }> {
  try {
    return await tool;
  } catch (error) {
    if (error instanceof UnfinishedCommand) return { error: error.message };
    throw error;
  }
}
