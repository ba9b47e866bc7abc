import type { SweepReport } from '@sandpod/core';
import { CHOICE_FLAGS, choiceOf } from '../arguments/backend-flags.ts';
import { parseDuration } from '../arguments/parse-duration.ts';
import { toDocument } from '../render/json-document.ts';
import { safeLine } from '../render/safe-line.ts';
import { beginCommand } from './begin-command.ts';
import type { Command, CommandContext } from './command.ts';
import { openProvider } from './open-provider.ts';

const help = `Removes sandboxes that have ended or expired.

Usage: sandpod sweep --on NAME [options]

      --on NAME           docker or pod (default: SANDPOD_ON)
  -n, --namespace NAME    namespace of the sandboxes (pod)
      --older-than TIME   also remove sandboxes that have not expired but are older: 90, 10m, 2h
      --dry-run           only show what would be removed
      --json              print a JSON document { removed, kept, failed }
  -h, --help              show this help

The exit code is 1 if a sandbox could not be removed.

Examples
  sandpod sweep --on docker --dry-run
  sandpod sweep --on pod --namespace agents --older-than 2h
`;

const FLAGS = { ...CHOICE_FLAGS, 'older-than': { type: 'string' }, 'dry-run': { type: 'boolean' } } as const;

/** The command `sandpod sweep`. */
export const sweepCommand: Command = { summary: 'Remove ended and expired sandboxes', help, run: runSweep };

async function runSweep(argv: readonly string[], context: CommandContext): Promise<number> {
  const begun = await beginCommand(argv, { help, flags: FLAGS, stdout: context.stdout });
  if (begun === undefined) return 0;
  const { values } = begun;
  await using provider = await openProvider(choiceOf(values, context.env));
  const olderThan = values['older-than'];
  const report = await provider.sweep({
    dryRun: values['dry-run'] === true,
    ...(olderThan === undefined ? {} : { olderThanMs: parseDuration(olderThan, '--older-than') }),
    abortSignal: context.abortSignal,
  });
  await context.stdout.write(values.json ? toDocument(report) : textOf(report, values['dry-run'] === true));
  return report.failed.length === 0 ? 0 : 1;
}

function textOf({ removed, kept, failed }: SweepReport, isDryRun: boolean): string {
  const verb = isDryRun ? 'would remove' : 'removed';
  const lines = [
    ...removed.map((id) => `${verb} ${safeLine(id)}`),
    ...failed.map(({ id, reason }) => `could not remove ${safeLine(id)}: ${safeLine(reason)}`),
  ];
  return [...lines, `${verb} ${removed.length}, kept ${kept.length}, failed ${failed.length}`].map((line) => `${line}\n`).join('');
}
