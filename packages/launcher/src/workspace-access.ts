import type { Sandbox } from '@sandpod/core';

/** Succeeds if the user may write to the workspace. Otherwise, prints its owner and mode. */
const TEST = '[ -w . ] || { ls -nd .; exit 1; }';

/**
 * Describes the owner of the workspace, for example `, which belongs to 0:0 (drwxr-xr-x)`. Returns undefined if the sandbox's user can
 * write to it.
 */
export async function findForeignOwner(
  sandbox: Pick<Sandbox, 'run'>,
  options: { readonly abortSignal?: AbortSignal | undefined },
): Promise<string | undefined> {
  const { exitCode, stdout } = await sandbox.run({ argv: ['sh', '-c', TEST], ...options });
  return exitCode === 0 ? undefined : ownerIn(stdout);
}

/** The owner in a line of `ls -n`; empty if there is none. */
export function ownerIn(line: string): string {
  const [, mode, uid, gid] = /^([-dl][-rwxsStT]{9})\S* +\d+ +(\d+) +(\d+) /.exec(line) ?? [];
  return mode === undefined ? '' : `, which belongs to ${uid}:${gid} (${mode})`;
}
