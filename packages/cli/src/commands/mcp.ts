import { Writable } from 'node:stream';
import type { ServeMcpHttpOptions } from '@sandpod/agents/mcp';
import type { CodeExecutor } from '@sandpod/core';
import { CHOICE_FLAGS, choiceOf } from '../arguments/backend-flags.ts';
import { parseDuration } from '../arguments/parse-duration.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { EXIT_CODES } from '../exit-code.ts';
import type { OutputSink } from '../render/output-sink.ts';
import { safeLine } from '../render/safe-line.ts';
import { readVersion } from '../version.ts';
import { beginCommand } from './begin-command.ts';
import type { Command, CommandContext } from './command.ts';
import { loadBackendFor } from './load-backend-for.ts';
import { MCP_HELP } from './mcp-help.ts';
import { HTTP_FLAGS, type HttpFlags, runMcpHttp } from './mcp-http.ts';
import { openExecutor } from './open-executor.ts';

const { json: _json, ...choiceFlags } = CHOICE_FLAGS;
const flags = {
  ...choiceFlags,
  timeout: { type: 'string', short: 't' },
  approve: { type: 'boolean' },
  http: { type: 'boolean' },
  ...HTTP_FLAGS,
} as const;

/** The command `sandpod mcp`. */
export const mcpCommand: Command = { summary: 'Serve a sandbox to MCP clients', help: MCP_HELP, run: runMcp };

async function runMcp(argv: readonly string[], context: CommandContext): Promise<number> {
  const begun = await beginCommand(argv, { help: MCP_HELP, flags, stdout: context.stdout });
  if (begun === undefined) return 0;
  const { values } = begun;
  const timeoutMs = values.timeout === undefined ? undefined : parseDuration(values.timeout, '--timeout');
  const choice = choiceOf(values, context.env);
  const onError = (error: Error): void => void context.stderr.write(`sandpod: ${safeLine(error.message)}\n`);
  const options = { version: readVersion(), timeoutMs, approve: values.approve, onError };
  const createExecutor = (): Promise<CodeExecutor> => openExecutor(choice);
  if (!values.http) {
    refuseHttpFlags(values);
    return runMcpStdio({ ...options, createExecutor }, context);
  }
  // A back end that does not exist is reported now, and not at the first session.
  await loadBackendFor(choice);
  return runMcpHttp({ ...options, createExecutor }, { flags: values, context, on: choice.on });
}

async function runMcpStdio({ createExecutor, ...options }: ServeMcpHttpOptions, context: CommandContext): Promise<number> {
  await using executor = await createExecutor();
  const { serveMcp } = await import('@sandpod/agents/mcp');
  const { stdin, stdout, abortSignal } = context;
  await serveMcp({ ...options, executor, stdin, stdout: writableOf(stdout), abortSignal });
  return abortSignal.aborted ? EXIT_CODES.cancelled : 0;
}

function refuseHttpFlags(values: HttpFlags): void {
  const given = (Object.keys(HTTP_FLAGS) as (keyof HttpFlags)[]).find((name) => values[name] !== undefined);
  if (given !== undefined) throw new UsageError(`--${given} needs --http.`, `Add --http, or omit --${given}.`);
}

/** Wraps the sink in a stream, for a library that needs a stream. */
function writableOf(sink: OutputSink): Writable {
  return new Writable({
    decodeStrings: false,
    write: (text: string | Uint8Array, _encoding, done) => {
      sink.write(typeof text === 'string' ? text : Buffer.from(text).toString()).then(() => done(), done);
    },
  });
}
