import { isTmpCodeFile } from '../blocks/code-file-name.ts';
import type { Sandbox } from '../contract/sandbox.ts';

/** Deletes the code files with generated names from earlier blocks. */
export async function deleteOldCode(sandbox: Sandbox, abortSignal: AbortSignal): Promise<void> {
  const entries = (await sandbox.listDirectory({ path: '.', abortSignal })) ?? [];
  for (const { name, type } of entries) {
    if (type === 'file' && isTmpCodeFile(name)) await sandbox.deleteFile({ path: name, abortSignal });
  }
}
