import { Writable } from 'node:stream';
import { CHOICE_FLAGS, choiceOf } from '../arguments/backend-flags.ts';
import { parseDuration } from '../arguments/parse-duration.ts';
import { EXIT_CODES } from '../exit-code.ts';
import type { OutputSink } from '../render/output-sink.ts';
import { safeLine } from '../render/safe-line.ts';
import { readVersion } from '../version.ts';
import { beginCommand } from './begin-command.ts';
import type { Command, CommandContext } from './command.ts';
import { openExecutor } from './open-executor.ts';

const help = `Serves a sandbox to an MCP client over standard input and output.

Usage: sandpod mcp [--on NAME] [options]

      --on NAME         back end (default: embedded, or SANDPOD_ON; see: sandpod backends)
  -t, --timeout TIME    time limit for each call: seconds, or 500ms, 30s, 2m, 1h (default: 60s)
      --image IMAGE     image of the sandbox, for back ends that have images
  -n, --namespace NAME  namespace of the sandbox, for back ends that have namespaces
      --approve         ask the client's user before code runs; if the client cannot ask, nothing runs
  -h, --help            show this help

Tools: run_code, run_command, read_file, write_file, list_files. The sandbox is created at the first call and removed when the
client closes standard input. Only MCP messages are written to standard output.

Examples of a client configuration
  {"command": "npx", "args": ["-y", "@sandpod/cli", "mcp"]}
  {"command": "npx", "args": ["-y", "@sandpod/cli", "mcp", "--on", "docker", "--image", "python:3.13-slim"]}
`;

const { json: _json, ...choiceFlags } = CHOICE_FLAGS;
const flags = { ...choiceFlags, timeout: { type: 'string', short: 't' }, approve: { type: 'boolean' } } as const;

/** The command `sandpod mcp`. */
export const mcpCommand: Command = { summary: 'Serve a sandbox to an MCP client', help, run: runMcp };

async function runMcp(argv: readonly string[], context: CommandContext): Promise<number> {
  const begun = await beginCommand(argv, { help, flags, stdout: context.stdout });
  if (begun === undefined) return 0;
  const { values } = begun;
  const timeoutMs = values.timeout === undefined ? undefined : parseDuration(values.timeout, '--timeout');
  await using executor = await openExecutor(choiceOf(values, context.env));
  const { serveMcp } = await import('@sandpod/agents/mcp');
  const { stdin, stderr, abortSignal } = context;
  await serveMcp({
    executor,
    version: readVersion(),
    timeoutMs,
    approve: values.approve,
    stdin,
    stdout: writableOf(context.stdout),
    abortSignal,
    onError: (error) => void stderr.write(`sandpod: ${safeLine(error.message)}\n`),
  });
  return abortSignal.aborted ? EXIT_CODES.cancelled : 0;
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
