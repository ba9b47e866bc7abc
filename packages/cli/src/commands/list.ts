import type { SandboxInfo } from '@sandpod/core';
import { CHOICE_FLAGS, choiceOf } from '../arguments/backend-flags.ts';
import { parseLabels } from '../arguments/parse-labels.ts';
import { formatExpiry } from '../render/expiry.ts';
import { toDocument } from '../render/json-document.ts';
import { safeLine } from '../render/safe-line.ts';
import { toTable } from '../render/table.ts';
import { beginCommand } from './begin-command.ts';
import type { Command, CommandContext } from './command.ts';
import { openProvider } from './open-provider.ts';

const help = `Lists sandboxes and when they expire.

Usage: sandpod list --on NAME [options]

      --on NAME          docker or pod (default: SANDPOD_ON)
  -n, --namespace NAME   namespace of the sandboxes (pod)
      --label KEY=VALUE  only sandboxes with this label (repeatable)
      --json             print a JSON list of { id, name, labels, state, isClaimable, createdMs, expiresMs }
  -h, --help             show this help

Examples
  sandpod list --on docker
  sandpod list --on pod --namespace agents --label team=data
`;

const FLAGS = { ...CHOICE_FLAGS, label: { type: 'string', multiple: true } } as const;

/** The command `sandpod list`. */
export const listCommand: Command = { summary: 'List sandboxes and when they expire', help, run: runList };

async function runList(argv: readonly string[], context: CommandContext): Promise<number> {
  const begun = await beginCommand(argv, { help, flags: FLAGS, stdout: context.stdout });
  if (begun === undefined) return 0;
  const { values } = begun;
  const labels = parseLabels(values.label ?? []);
  await using provider = await openProvider(choiceOf(values, context.env));
  const sandboxes = await Array.fromAsync(provider.list({ labels, abortSignal: context.abortSignal }));
  if (values.json) await context.stdout.write(toDocument(sandboxes));
  else if (sandboxes.length === 0) await context.stderr.write('No sandboxes found.\n');
  else await context.stdout.write(toTable([['ID', 'NAME', 'STATE', 'EXPIRES', 'LABELS'], ...sandboxes.map(toRow)]));
  return 0;
}

function toRow(sandbox: SandboxInfo): string[] {
  const { id, name = '', state, labels } = sandbox;
  const shownLabels = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return [id, name, state, formatExpiry(sandbox), shownLabels.join(',')].map(safeLine);
}
