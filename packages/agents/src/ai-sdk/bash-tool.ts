import { DEFAULT_TIMEOUT_MS, type Sandbox, type SandboxSession } from '@sandpod/core';
import { durationMsSchema, validateOptions } from '@sandpod/core/backend';
import { type Tool, tool } from 'ai';
import { z } from 'zod';
import { type AdapterOptions, adapterShape } from '../shared/adapter-options.ts';
import { toolInputSchema } from '../shared/tool-input-schema.ts';
import type { CodeToolOutput } from './code-tool-output.ts';
import { DEFAULT_OUTPUT_CHARACTERS } from './final-output.ts';
import { modelOutput } from './model-output.ts';
import { runCommand } from './run-command.ts';
import { sessionOf } from './session-of.ts';
import { streamRun } from './stream-run.ts';

export interface BashToolOptions extends Pick<AdapterOptions, 'maxModelCharacters'> {
  /** What the model is told besides what the sandbox's description says. */
  readonly description?: string | undefined;
  /** Milliseconds for one command. Default 60 s. */
  readonly timeoutMs?: number | undefined;
  /** Characters kept of each text of the tool's output. Default 65,536. */
  readonly maxOutputCharacters?: number | undefined;
}

export interface CommandInput {
  readonly command: string;
  readonly workingDirectory?: string | undefined;
}

const optionsSchema = z.strictObject({
  description: z.string().default(''),
  timeoutMs: durationMsSchema.default(DEFAULT_TIMEOUT_MS),
  maxModelCharacters: adapterShape.maxModelCharacters,
  maxOutputCharacters: z.int().min(100).default(DEFAULT_OUTPUT_CHARACTERS),
});

const inputSchema: z.ZodType<CommandInput, CommandInput> = toolInputSchema({
  command: z.string().min(1).max(100_000).describe('A line, or several, for the shell.'),
  workingDirectory: z.string().optional().describe('Where to run it, relative to the workspace. Default: the workspace.'),
});

const LANGUAGE = 'sh';

/**
 * Shell commands in a sandbox as a tool of the AI SDK; call it `run_command`. Streams and ends as `codeTool` does.
 *
 * Commands of one step run in parallel unless `toolCallConcurrency` is 1. The sandbox stays its caller's.
 *
 * @throws {SandpodError} `invalid-options`.
 */
export function bashTool(sandbox: Sandbox | SandboxSession, options: BashToolOptions = {}): Tool<CommandInput, CodeToolOutput> {
  const { description, timeoutMs, ...bounds } = validateOptions(optionsSchema, options, 'bashTool');
  const session = sessionOf(sandbox);
  const limits = `Each command is a new shell and is killed after ${timeoutMs / 1_000} s; its standard input is empty.`;
  return tool({
    description: `Runs a shell command in a sandbox and returns what it prints. ${session.description} ${limits} ${description}`.trim(),
    inputSchema,
    execute: ({ command, workingDirectory }, { abortSignal }) =>
      streamRun({
        ...bounds,
        maxImageBytes: 0,
        language: LANGUAGE,
        abortSignal,
        run: (parts) => runCommand({ ...parts, session, command, workingDirectory, timeoutMs }),
      }),
    toModelOutput: ({ output }) => modelOutput(output, { ...bounds, maxImageBytes: 0, imagesToModel: false }),
  });
}
