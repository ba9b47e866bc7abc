import { loadBackend } from '@sandpod/sandpod';
import { parseArguments } from '../arguments/parse-arguments.ts';
import { UsageError } from '../arguments/usage-error.ts';
import type { Command, CommandContext } from './command.ts';

const help = `Prints the rights that a back end needs, as a document for kubectl.

Usage: sandpod rbac [pod] [--namespace NAME]

  -n, --namespace NAME  default: default
  -h, --help            this text

Examples
  sandpod rbac pod --namespace agents | kubectl apply -f -
`;

/** `sandpod rbac`. */
export const rbacCommand: Command = { summary: 'Print the rights that a back end needs', help, run: runRbac };

async function runRbac(argv: readonly string[], { stdout }: CommandContext): Promise<number> {
  const { values, positionals } = parseArguments(argv, {
    namespace: { type: 'string', short: 'n' },
    help: { type: 'boolean', short: 'h' },
  });
  const [name = 'pod', ...others] = positionals;
  if (others.length > 0) throw new UsageError(`Expected one back end, got ${positionals.join(' ')}.`, 'See: sandpod rbac --help');
  if (values.help) {
    await stdout.write(help);
    return 0;
  }
  const { accessManifest } = await loadBackend(name);
  if (accessManifest === undefined) throw new UsageError(`The back end "${name}" needs no rights that could be granted.`);
  await stdout.write(accessManifest({ namespace: values.namespace }));
  return 0;
}
