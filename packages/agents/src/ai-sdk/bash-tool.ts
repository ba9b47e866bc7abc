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
  /** Text added to the tool description, after the sandbox's description. */
  readonly description?: string | undefined;
  /** Time limit for one command in milliseconds. Default 60 s. */
  readonly timeoutMs?: number | undefined;
  /** Maximum number of characters in each text of the tool's output. Default 65,536. */
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
  command: z.string().min(1).max(100_000).describe('One or more lines of shell code.'),
  workingDirectory: z.string().optional().describe('Directory to run the command in, relative to the workspace. Default: the workspace.'),
});

const LANGUAGE = 'sh';

/**
 * Creates an AI SDK tool that runs shell commands in a sandbox. Name the tool `run_command`. Streaming, failures and aborts work as in
 * `codeTool`.
 *
 * Commands in the same step run in parallel unless `toolCallConcurrency` is 1. You must dispose of the sandbox yourself.
 *
 * @throws {SandpodError} `invalid-options`.
 */
export function bashTool(sandbox: Sandbox | SandboxSession, options: BashToolOptions = {}): Tool<CommandInput, CodeToolOutput> {
  const { description, timeoutMs, ...bounds } = validateOptions(optionsSchema, options, 'bashTool');
  const session = sessionOf(sandbox);
  const environment = 'environment' in sandbox ? sandbox.environment : undefined;
  const limits = `Each command runs in a new shell and is killed after ${timeoutMs / 1_000} s; its standard input is empty.`;
  return tool({
    description: `Runs a shell command in a sandbox and returns its output. ${session.description} ${limits} ${description}`.trim(),
    inputSchema,
    execute: ({ command, workingDirectory }, { abortSignal }) =>
      streamRun({
        ...bounds,
        maxImageBytes: 0,
        language: LANGUAGE,
        abortSignal,
        run: (parts) => runCommand({ ...parts, session, command, workingDirectory, timeoutMs }),
      }),
    toModelOutput: ({ output }) => modelOutput(output, { ...bounds, maxImageBytes: 0, imagesToModel: false, environment }),
  });
}
