import type { SandboxInfo, SandboxProvider } from '@sandpod/core';
import { CHOICE_FLAGS, choiceOf } from '../arguments/backend-flags.ts';
import { parseDuration } from '../arguments/parse-duration.ts';
import { UsageError } from '../arguments/usage-error.ts';
import { formatExpiry } from '../render/expiry.ts';
import { toDocument } from '../render/json-document.ts';
import { safeLine } from '../render/safe-line.ts';
import { beginCommand } from './begin-command.ts';
import type { Command, CommandContext } from './command.ts';
import { openProvider } from './open-provider.ts';

const help = `Changes when a sandbox expires. Programs in the sandbox keep running.

Usage: sandpod extend ID --for TIME --on NAME [options]

ID is the id or the name of a sandbox; see: sandpod list

      --for TIME        time from now until the sandbox is removed: seconds, or 30m, 2h; or never
      --on NAME         docker or pod (default: SANDPOD_ON)
  -n, --namespace NAME  namespace of the sandbox (pod)
      --json            print a JSON document { id, name, labels, state, isClaimable, createdMs, expiresMs }
  -h, --help            show this help

Examples
  sandpod extend 4c1f0a --for 30m --on docker
  sandpod extend my-data --for 2h --on pod --namespace agents
`;

const FLAGS = { ...CHOICE_FLAGS, for: { type: 'string' } } as const;

/** The command `sandpod extend`. */
export const extendCommand: Command = { summary: 'Change when a sandbox expires', help, run: runExtend };

async function runExtend(argv: readonly string[], context: CommandContext): Promise<number> {
  const begun = await beginCommand(argv, { help, flags: FLAGS, stdout: context.stdout, most: { count: 1, what: 'one sandbox' } });
  if (begun === undefined) return 0;
  const { values, positionals } = begun;
  const [reference] = positionals;
  if (!reference) throw new UsageError('Expected the id or the name of a sandbox; got none.', 'To list the sandboxes: sandpod list');
  const expiresInMs = parseExpiry(values.for);
  const { abortSignal, stdout } = context;
  await using provider = await openProvider(choiceOf(values, context.env));
  const { id } = await find(provider, { reference, abortSignal });
  await extend(provider, { id, expiresInMs, abortSignal });
  const extended = await find(provider, { reference: id, abortSignal });
  await stdout.write(values.json ? toDocument(extended) : `${safeLine(id)} ${expirySentence(extended)}\n`);
  return 0;
}

function expirySentence(sandbox: SandboxInfo): string {
  return sandbox.expiresMs === undefined ? 'never expires.' : `expires ${formatExpiry(sandbox)}.`;
}

function parseExpiry(text: string | undefined): number | null {
  if (text === undefined) throw new UsageError('Expected --for with a time or with never; got no --for.', 'For example: --for 30m');
  return text === 'never' ? null : parseDuration(text, '--for');
}

async function find(
  provider: SandboxProvider,
  { reference, abortSignal }: { readonly reference: string; readonly abortSignal: AbortSignal },
): Promise<SandboxInfo> {
  const sandboxes = await Array.fromAsync(provider.list({ abortSignal }));
  const found = sandboxes.find(({ id }) => id === reference) ?? sandboxes.find(({ name }) => name === reference);
  if (found) return found;
  throw new UsageError(`No sandbox has the id or the name ${JSON.stringify(reference)}.`, 'To list the sandboxes: sandpod list');
}

async function extend(
  provider: SandboxProvider,
  { id, expiresInMs, abortSignal }: { readonly id: string; readonly expiresInMs: number | null; readonly abortSignal: AbortSignal },
): Promise<void> {
  const sandbox = await provider.attach({ id, abortSignal });
  try {
    await sandbox.extend({ expiresInMs, abortSignal });
  } finally {
    // Disposing of the sandbox would remove it.
    await sandbox.detach({ leftovers: 'keep' });
  }
}
