import { type Program, type Sandbox, SandpodError } from '@sandpod/core';
import type { ExecuteResponse } from 'deepagents';
import { cleanLine } from '../shared/index.ts';
import type { CommandResult } from '../shared/run-in-sandbox.ts';
import { CommandFinder, type CommandOutput } from './command-finder.ts';
import type { ValidBackendOptions } from './deep-agents-backend-options.ts';
import { FileApiFinder } from './file-api-finder.ts';
import type { FileFinder } from './file-finder.ts';
import { isPathError } from './file-operation-error.ts';
import { RawBackend } from './raw-backend.ts';

/** A command of a file tool that did not finish. */
class UnfinishedCommand extends Error {
  override readonly name = 'UnfinishedCommand';
}

/** The backend for file tools. Throws if a command does not finish: deepagents would treat the partial output as the whole result. */
export class ToolBackend extends RawBackend {
  readonly #finder: FileFinder;

  constructor(sandbox: Sandbox, options: ValidBackendOptions) {
    super(sandbox, options);
    this.#finder =
      sandbox.capabilities.kernel === 'virtual'
        ? new FileApiFinder(sandbox, () => this.signal())
        : new CommandFinder((argv) => this.#runTool(argv));
  }

  get finder(): FileFinder {
    return this.#finder;
  }

  /** Runs a command. @throws {UnfinishedCommand} if the command does not finish. */
  override async execute(command: string): Promise<ExecuteResponse> {
    const { output, exitCode, truncated } = await this.#finish({ command });
    return { output, exitCode, truncated: truncated !== undefined };
  }

  async #runTool(argv: readonly [string, ...string[]]): Promise<CommandOutput> {
    const { stdout, truncated } = await this.#finish({ argv });
    return { text: stdout, isCut: truncated?.stdout !== undefined };
  }

  async #finish(program: Program): Promise<CommandResult> {
    const result = await this.run(program);
    if (result.exitCode !== null) return result;
    throw new UnfinishedCommand(`The tool did not finish. ${cleanLine(result.reason ?? 'Its command was ended.')}`);
  }
}

/** Returns the result of a file tool. Returns an error for deepagents if the tool's command did not finish, or if the path is at fault. */
export async function finished<T>(tool: () => Promise<T>): Promise<T | { error: string }> {
  try {
    return await tool();
  } catch (error) {
    if (error instanceof UnfinishedCommand) return { error: error.message };
    if (SandpodError.isInstance(error) && isPathError(error)) return { error: cleanLine(error.message) };
    throw error;
  }
}
