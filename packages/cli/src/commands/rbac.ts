import { UsageError } from '../arguments/usage-error.ts';
import { beginCommand } from './begin-command.ts';
import type { Command, CommandContext } from './command.ts';
import { findBackend } from './find-backend.ts';

const help = `Prints the permissions that a back end needs, as a manifest for kubectl.

Usage: sandpod rbac [pod] [--namespace NAME] [--service-account NAME] [--port-forward]

  -n, --namespace NAME        namespace of the sandboxes (default: default)
      --service-account NAME  existing account to which the permissions are granted, NAME or NAMESPACE:NAME
                              (default: the manifest creates the account sandpod)
      --port-forward          add the permissions for the option portForward
  -h, --help                  show this help

Examples
  sandpod rbac pod --namespace agents | kubectl apply -f -
  sandpod rbac pod --namespace agents --service-account apps:backend | kubectl apply -f -
`;

const FLAGS = {
  namespace: { type: 'string', short: 'n' },
  'service-account': { type: 'string' },
  'port-forward': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** The command `sandpod rbac`. */
export const rbacCommand: Command = { summary: 'Print the permissions that a back end needs', help, run: runRbac };

async function runRbac(argv: readonly string[], { stdout }: CommandContext): Promise<number> {
  const begun = await beginCommand(argv, { help, flags: FLAGS, stdout, most: { count: 1, what: 'one back end' } });
  if (begun === undefined) return 0;
  const { values, positionals } = begun;
  const [name = 'pod'] = positionals;
  const { accessManifest } = await findBackend(name);
  if (accessManifest === undefined) throw new UsageError(`The back end "${name}" needs no permissions.`);
  const { namespace, 'service-account': serviceAccount, 'port-forward': portForward } = values;
  await stdout.write(accessManifest({ namespace, serviceAccount, portForward }));
  return 0;
}
