import type { Sandbox } from '@sandpod/core';

/** Succeeds if the user may write to the workspace. Otherwise, prints the owner and mode of the workspace. */
const TEST = '[ -w . ] || { ls -nd .; exit 1; }';

/**
 * Describes the owner of the workspace, for example `, which belongs to 0:0 (drwxr-xr-x)`. Returns undefined if the sandbox's user can
 * write to the workspace.
 */
export async function findForeignOwner(
  sandbox: Pick<Sandbox, 'run'>,
  options: { readonly abortSignal?: AbortSignal | undefined },
): Promise<string | undefined> {
  const { exitCode, stdout } = await sandbox.run({ argv: ['sh', '-c', TEST], ...options });
  return exitCode === 0 ? undefined : ownerIn(stdout);
}

/** Returns the description of the owner in a line of `ls -n`, or an empty text if the line contains no owner. */
export function ownerIn(line: string): string {
  const [, mode, uid, gid] = /^([-dl][-rwxsStT]{9})\S* +\d+ +(\d+) +(\d+) /.exec(line) ?? [];
  return mode === undefined ? '' : `, which belongs to ${uid}:${gid} (${mode})`;
}
